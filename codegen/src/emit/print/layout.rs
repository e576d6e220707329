//! Text with boxes and breaks, and where its lines end: Oppen's algorithm with prettyplease's margins.
//!
//! A box that fits on the rest of its line stays on it. One that does not ends its line at each break of its own
//! (consistent), or at those only behind which the text up to the next break does not fit (inconsistent). The size of a box or break reaches to the
//! next break behind it, so a closing parenthesis counts. What is put into boxes is `direct`'s business.

/// Widest line, and the least that a deep indentation leaves.
const MARGIN: isize = 89;
const LEAST: isize = 60;
/// More than any line has.
const ENDLESS: isize = 0xffff;
/// One step of indentation.
pub(super) const INDENT: isize = 4;

/// A place where a line may end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Break {
    /// Spaces, if the line does not end.
    pub(super) blank: isize,
    /// Indentation of the next line, on top of the box's.
    pub(super) offset: isize,
    /// Stands at the end of the line that ends.
    pub(super) before: &'static str,
    /// Stands at the beginning of the next line.
    pub(super) after: &'static str,
    /// Stands here if the line does not end.
    pub(super) otherwise: &'static str,
    /// Whether it counts for nothing at the end of a box.
    pub(super) inner: bool,
    /// Whether it only ends what the sizes before it count.
    pub(super) never: bool,
}

#[derive(Clone, Copy, Debug)]
enum Piece {
    /// A piece of the text, by its end.
    Text(usize),
    Break(Break),
    Begin {
        offset: isize,
        consistent: bool,
    },
    End,
    /// Nothing, but too wide for any line.
    Endless,
}

/// Pieces, and the size of each.
#[derive(Debug, Default)]
pub(super) struct Layout {
    text: String,
    pieces: Vec<(Piece, isize)>,
    /// Pieces whose size is not known yet: as a stack, a break on the box that it stands in.
    sizeless: Vec<usize>,
    /// Width of everything so far.
    total: isize,
}

impl Layout {
    pub(super) fn word(&mut self, text: &str) {
        self.text.push_str(text);
        let (end, width) = (self.text.len(), width(text));
        match self.pieces.last_mut() {
            Some((Piece::Text(before), size)) => {
                *before = end;
                *size += width;
            }
            _ => self.pieces.push((Piece::Text(end), width)),
        }
        self.total += width;
    }

    pub(super) fn consistent(&mut self, offset: isize) {
        self.begin(Piece::Begin { offset, consistent: true });
    }

    pub(super) fn inconsistent(&mut self, offset: isize) {
        self.begin(Piece::Begin { offset, consistent: false });
    }

    fn begin(&mut self, piece: Piece) {
        self.sizeless.push(self.pieces.len());
        self.pieces.push((piece, -self.total));
    }

    pub(super) fn line(&mut self, line: Break) {
        self.settle();
        self.sizeless.push(self.pieces.len());
        self.pieces.push((Piece::Break(line), -self.total));
        self.total += line.blank;
    }

    pub(super) fn zero(&mut self) {
        self.line(Break::default());
    }

    pub(super) fn space(&mut self) {
        self.line(Break { blank: 1, ..Break::default() });
    }

    pub(super) fn hard(&mut self) {
        self.line(Break { blank: ENDLESS, ..Break::default() });
    }

    /// Ends the line, unless the box ends here.
    pub(super) fn hard_inner(&mut self) {
        self.line(Break { blank: ENDLESS, inner: true, ..Break::default() });
    }

    pub(super) fn never(&mut self) {
        self.line(Break { never: true, ..Break::default() });
    }

    /// A comma and a break behind it; behind the last item a comma only where the line ends.
    pub(super) fn comma(&mut self, last: bool, blank: isize) {
        if last {
            self.line(Break { blank, before: ",", ..Break::default() });
        } else {
            self.word(",");
            self.space();
        }
    }

    /// Moves the line behind the last break one step back.
    pub(super) fn outdent(&mut self) {
        if let Some((Piece::Break(line), _)) = self.pieces.last_mut() {
            line.offset -= INDENT;
        }
    }

    pub(super) fn end(&mut self) {
        if let Some((Piece::Break(last), _)) = self.pieces.last().copied() {
            let empty = matches!(self.pieces.iter().rev().nth(1), Some((Piece::Begin { .. }, _)));
            if empty || last.inner {
                self.drop_last(last);
            }
            if empty {
                self.pieces.pop();
                self.sizeless.pop();
                return;
            }
        }
        self.sizeless.push(self.pieces.len());
        self.pieces.push((Piece::End, 0));
    }

    fn drop_last(&mut self, line: Break) {
        self.pieces.pop();
        self.sizeless.pop();
        self.total -= line.blank;
    }

    /// Ends a box that is broken if it is wider than this, even where there is room.
    pub(super) fn end_within(&mut self, widest: isize) {
        let mut depth = 1;
        for at in self.sizeless.iter().rev() {
            match self.pieces.get(*at) {
                Some((Piece::End, _)) => depth += 1,
                Some((Piece::Begin { .. }, size)) => {
                    depth -= 1;
                    if depth == 0 {
                        if size + self.total > widest {
                            self.pieces.push((Piece::Endless, ENDLESS));
                            self.total += ENDLESS;
                        }
                        break;
                    }
                }
                _ => {}
            }
        }
        self.end();
    }

    /// The next break makes sizes known: that of the break before it, and of all boxes that ended in between.
    fn settle(&mut self) {
        let mut depth = 0;
        while let Some((piece, size)) = self.sizeless.last().and_then(|at| self.pieces.get_mut(*at)) {
            match piece {
                Piece::Begin { .. } if depth == 0 => break,
                Piece::Begin { .. } => {
                    *size += self.total;
                    depth -= 1;
                }
                Piece::End => depth += 1,
                _ => *size += self.total,
            }
            let was_break = matches!(piece, Piece::Break(_));
            self.sizeless.pop();
            if was_break && depth == 0 {
                break;
            }
        }
    }

    /// The lines. Empties the layout, so that it can be used again.
    pub(super) fn print(&mut self) -> String {
        self.settle();
        let mut page = Page { out: String::with_capacity(self.text.len() * 3 / 2), space: MARGIN, ..Page::default() };
        let mut start = 0;
        for (piece, size) in self.pieces.drain(..) {
            match piece {
                Piece::Text(end) => {
                    page.text(self.text.get(start..end).unwrap_or_default());
                    start = end;
                }
                Piece::Break(line) => page.line(line, size),
                Piece::Begin { offset, consistent } => page.begin(offset, consistent, size),
                Piece::End => page.end(),
                Piece::Endless => {}
            }
        }
        self.text.clear();
        self.sizeless.clear();
        self.total = 0;
        page.out
    }
}

/// What was printed, and the boxes that are open.
#[derive(Default)]
struct Page {
    out: String,
    /// Columns left on this line.
    space: isize,
    indent: isize,
    /// Spaces that are due before the next text, and are left out where none comes.
    due: isize,
    boxes: Vec<Frame>,
}

#[derive(Clone, Copy)]
enum Frame {
    Fits,
    /// With the indentation around it.
    Broken {
        around: isize,
        consistent: bool,
    },
}

impl Page {
    fn text(&mut self, text: &str) {
        self.out.extend(std::iter::repeat_n(' ', usize::try_from(self.due).unwrap_or_default()));
        self.due = 0;
        self.out.push_str(text);
        self.space -= width(text);
    }

    fn begin(&mut self, offset: isize, consistent: bool, size: isize) {
        if size > self.space {
            self.boxes.push(Frame::Broken { around: self.indent, consistent });
            self.indent += offset;
        } else {
            self.boxes.push(Frame::Fits);
        }
    }

    fn end(&mut self) {
        if let Some(Frame::Broken { around, .. }) = self.boxes.pop() {
            self.indent = around;
        }
    }

    fn line(&mut self, line: Break, size: isize) {
        let fits = match self.boxes.last() {
            _ if line.never => true,
            Some(Frame::Fits) => true,
            Some(Frame::Broken { consistent: true, .. }) => false,
            _ => size <= self.space,
        };
        if fits {
            self.due += line.blank;
            self.space -= line.blank;
            if !line.otherwise.is_empty() {
                // Not by `text`: what is due comes behind it, as prettyplease has it.
                self.out.push_str(line.otherwise);
                self.space -= width(line.otherwise);
            }
            return;
        }
        if !line.before.is_empty() {
            self.text(line.before);
        }
        self.out.push('\n');
        self.due = self.indent + line.offset;
        self.space = (MARGIN - self.due).max(LEAST);
        if !line.after.is_empty() {
            self.text(line.after);
        }
    }
}

/// In bytes, as prettyplease counts.
fn width(text: &str) -> isize {
    isize::try_from(text.len()).unwrap_or(ENDLESS)
}
