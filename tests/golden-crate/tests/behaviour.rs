//! What the golden outputs do: what is read is written as it was, whatever a newer server adds, and faults name their place.

use typewright_golden as golden;
use typewright_runtime::{Decode, Encode, Field, Json, from_json, to_json};

/// Reads and writes; the JSON stays equal.
fn check<T: Decode + Encode>(json: &str) -> T {
    let value: T = from_json(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    let written = to_json(&value).unwrap();
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(parse(&written), parse(json));
    value
}

/// Cannot be read; the error names the place.
fn refuse<T: Decode>(json: &str, path: &str) {
    match from_json::<T>(json) {
        Ok(_) => panic!("{json} was read"),
        Err(error) => assert_eq!(error.path(), path, "{json}: {error}"),
    }
}

#[test]
fn nullable_and_optional_are_two_facts() {
    use golden::nullable_ref_is_option::types::{Owner, Pet};
    let pet: Pet = check(r#"{"name":"Rex","owner":null}"#);
    assert_eq!((pet.owner, pet.vet, pet.sitter), (None, None, Field::Absent));
    let pet: Pet = check(r#"{"name":"Rex","owner":{"name":"Ada"},"sitter":null}"#);
    assert_eq!((pet.owner.map(|owner: Box<Owner>| owner.name), pet.sitter), (Some("Ada".to_owned()), Field::Null));
    refuse::<Pet>(r#"{"name":"Rex"}"#, "$.owner");
    refuse::<Pet>(r#"{"name":"Rex","owner":{"name":1}}"#, "$.owner.name");
}

/// What the document does not allow is kept all the same: it is sent back as it came, unless the member is set.
#[test]
fn null_of_an_optional_member_survives() {
    use golden::nullable_ref_is_option::types::Pet;
    let mut pet: Pet = check(r#"{"name":"Rex","owner":null,"vet":null}"#);
    assert!(pet.vet.is_none());
    pet.vet = pet.vet.or_else(|| from_json(r#"{"name":"Ada"}"#).ok());
    assert_eq!(to_json(&pet).unwrap(), r#"{"name":"Rex","owner":null,"vet":{"name":"Ada"}}"#);
}

#[test]
fn closed_lists_of_several_types_are_tuples() {
    use golden::tuples::types::{Pet, Walk};
    let walk: Walk = check(
        r#"{"from":[1.5,-2],"steps":[[[0,0],7,null],[[1,1],8,"home"]],"pair":[{"name":"Rex"},{"colour":"red"}],"before":[{"from":[0,1],"steps":[]}],"open":["x",1]}"#,
    );
    assert_eq!(walk.from, (1.5, -2.0));
    assert_eq!(walk.steps[1], ((1.0, 1.0), 8, Some("home".to_owned())));
    let pair = walk.pair.into_option().unwrap();
    let pet: &Pet = &pair.0;
    assert_eq!((pet.name.as_str(), walk.before.map(|before| before.0.from)), ("Rex", Some((0.0, 1.0))));
    refuse::<Walk>(r#"{"from":[1],"steps":[]}"#, "$.from");
    refuse::<Walk>(r#"{"from":[1,2,3],"steps":[]}"#, "$.from");
    refuse::<Walk>(r#"{"from":[1,2],"steps":[[[0,0],"7",null]]}"#, "$.steps[0][1]");
}

#[test]
fn what_frameworks_write_is_read_as_meant() {
    use golden::what_frameworks_write::types::{Food, Meal, MealEither, MealGuests, MealSize, Sort};
    let meal: Meal = check(
        r#"{"size":1,"eater":null,"cook":{"name":"Ada"},"guests":[{"name":"Rex"}],"food":{"kind":"wet","salt":1},"either":{"code":"x"}}"#,
    );
    assert_eq!((meal.size.as_i64(), MealSize::V2.as_i64(), Sort::Newest.as_str()), (1, 2, "newest"));
    assert_eq!((meal.eater.is_null(), meal.cook.get().map(|cook| cook.name.as_str())), (true, Some("Ada")));
    assert!(matches!(meal.guests.get(), Some(MealGuests::List(guests)) if guests.len() == 1));
    assert!(matches!(meal.food.as_ref(), Some(Food::Wet(wet)) if wet.kind == "wet"));
    assert!(matches!(meal.either.as_ref(), Some(MealEither::Code(either)) if either.code == "x"));
}

#[test]
fn members_that_nobody_knows_are_kept() {
    use golden::nullable_ref_is_option::types::Pet;
    let pet: Pet = check(r#"{"name":"Rex","owner":null,"more":{"a":[1,2.50]}}"#);
    assert_eq!(pet.extra.get("more").map(Json::as_text), Some(r#"{"a":[1,2.50]}"#));
}

#[test]
fn enums_are_open() {
    use golden::open_enum::types::{Pet, Status};
    for (wire, expected) in [
        ("in-care", Status::InCare),
        ("+1", Status::Plus1),
        ("-1", Status::Minus1),
        ("", Status::Empty),
        ("UNKNOWN", Status::UnknownLiteral),
    ] {
        let pet: Pet = check(&format!(r#"{{"status":"{wire}"}}"#));
        assert_eq!(pet.status, expected);
        assert_eq!(Status::from(wire).to_string(), wire);
    }
    let pet: Pet = check(r#"{"status":"new-one","rank":7}"#);
    assert_eq!(pet.status.as_str(), "new-one");
    assert_eq!(pet.rank.map(|rank| rank.as_i64()), Some(7));
}

#[test]
fn enums_of_any_type_keep_what_they_do_not_know() {
    use golden::open_enum::types::{Pet, PetMark};
    let json = r#"{"status":"available","size":0.5,"tame":true,"food":1,"mark":"a_"}"#;
    let pet: Pet = check(json);
    assert_eq!((pet.size, pet.tame, pet.mark), (Some(0.5), Some(true), Field::Value(PetMark::AUnderscore)));
    let pet: Pet = check(r#"{"status":"","size":2.5,"tame":false,"food":null,"mark":null}"#);
    assert_eq!((pet.size, pet.tame, pet.mark), (Some(2.5), Some(false), Field::Null));
    for wire in ["a", "A", "a_", "b"] {
        assert_eq!(PetMark::from(wire).as_str(), wire);
    }
    assert_ne!(PetMark::from("a"), PetMark::from("A"));
    check::<Pet>(r#"{"status":"","food":"auto"}"#);
    check::<Pet>(r#"{"status":"","food":[7]}"#);
}

#[test]
fn unions_go_by_what_their_members_say() {
    use golden::unions_by_members::types::{Cause, Guest, Outcome, Patient, Record, Visit};
    let visit: Visit = check(
        r#"{"guest":{"kind":"Person","name":"Ada"},"cause":{"type":"illness","days":3},
            "patient":{"species":"cat","name":"Tom","weight":4500.10,"lives":9},
            "patients":{"a":{"species":"Dog","name":"Rex","weight":1.5,"barks":true},"b":{"species":"bird","name":1}}}"#,
    );
    assert!(matches!(&visit.guest, Guest::Person(person) if person.name == "Ada"));
    assert!(matches!(&visit.cause, Some(Cause::Illness(illness)) if illness.days == Some(3)));
    // What a child says of a member goes before what it inherits.
    let Some(Patient::Cat(cat)) = &visit.patient else { panic!("{visit:?}") };
    assert_eq!((cat.weight.as_ref().map(ToString::to_string).as_deref(), cat.lives), (Some("4500.10"), Some(9)));
    let patients = visit.patients.as_ref().unwrap();
    assert!(matches!(&patients["a"], Patient::Dog(dog) if dog.weight == Some(1.5) && dog.barks == Some(true)));
    assert!(matches!(&patients["b"], Patient::Unknown(_)));
    assert!(matches!(check(r#"{"kind":"Company","firm":"x"}"#), Guest::Company(_)));
    assert!(matches!(check(r#"{"type":"checkup"}"#), Cause::Checkup(_)));
    assert!(matches!(check(r#"{"type":"gone","days":"many"}"#), Cause::Unknown(_)));
    assert!(matches!(check(r#"{"days":3,"cured":true}"#), Outcome::Cured(_)));
    assert!(matches!(check(r#"{"days":3,"cured":false}"#), Outcome::Ill(_)));
    assert!(matches!(check(r#"{"cured":"yes"}"#), Outcome::Unknown(_)));
    assert!(matches!(check(r#"{"version":1,"text":"a"}"#), Record::Record1(_)));
    assert!(matches!(check(r#"{"version":2,"text":"a"}"#), Record::Record2(_)));
    assert!(matches!(check(r#"{"version":3,"text":[]}"#), Record::Unknown(_)));
    // Required of a child, optional of its parent.
    refuse::<Patient>(r#"{"species":"cat"}"#, "$.name");
    refuse::<Visit>(r#"{"guest":{"kind":"Person"}}"#, "$.guest.name");
}

#[test]
fn several_files_are_one_document() {
    use golden::several_files::types::{Owner, Pet};
    let owner: Owner = check(
        r#"{"name":"Ada","friend":{"name":"Bob"},"first":{"name":"Rex","mother":{"name":"Old"}},
            "pets":[{"name":"Tom","nickname":"T","chip":"0815","owner":{"name":"Ada"}}]}"#,
    );
    let pets: Vec<Pet> = owner.pets.unwrap();
    assert_eq!((pets[0].chip.as_deref(), &*pets[0].owner.as_ref().unwrap().name), (Some("0815"), "Ada"));
    assert_eq!(owner.friend.map(|friend| friend.name).as_deref(), Some("Bob"));
}

#[test]
fn unions_go_by_their_tag() {
    use golden::union_by_tag::types::Pet;
    assert!(matches!(check(r#"{"kind":"cat","lives":9}"#), Pet::Cat(_)));
    assert!(matches!(check(r#"{"barks":true,"kind":"puppy"}"#), Pet::Dog(_)));
    assert!(matches!(check(r#"{"kind":"bird","wings":2}"#), Pet::Unknown(_)));
    refuse::<Pet>(r#"{"kind":"cat"}"#, "$.lives");
    use golden::union_by_tag::types::Treat;
    assert!(matches!(check(r#"{"kind":"biscuit","grams":9}"#), Treat::Biscuit(_)));
    assert!(matches!(check(r#"{"kind":"bone","length":2}"#), Treat::Unknown(_)));
}

#[test]
fn what_no_tag_selects_is_the_default() {
    use golden::union_with_a_default::types::Pet;
    assert!(matches!(check(r#"{"kind":"cat","lives":9}"#), Pet::Cat(_)));
    assert!(matches!(check(r#"{"kind":"bird","name":"Io","wings":2}"#), Pet::OtherPet(_)));
    assert!(matches!(check(r#"{"name":"Io"}"#), Pet::OtherPet(_)));
    assert!(matches!(check(r#""Io""#), Pet::Unknown(_)));
    refuse::<Pet>(r#"{"kind":"bird"}"#, "$.name");
}

#[test]
fn unions_go_by_their_shape() {
    use golden::union_by_shape::types::Note;
    assert!(matches!(check(r#""text""#), Note::String(_)));
    assert!(matches!(check(r#"["a","b"]"#), Note::List(_)));
    assert!(matches!(check(r#"{"url":"a"}"#), Note::Photo(_)));
    assert!(matches!(check(r#"{"at":"2026-01-31T12:00:00Z"}"#), Note::Reminder(_)));
    assert!(matches!(check("7"), Note::Unknown(_)));
}

#[test]
fn undecided_unions_offer_views() {
    use golden::union_undecided::types::{Ball, Thing};
    let thing: Thing = check(r#"{"colour":"red","length":1.5}"#);
    assert_eq!(thing.as_chew_bone().unwrap().length, Some(1.5));
    assert_eq!(thing.as_ball().unwrap().colour.as_deref(), Some("red"));
    // What both need tells neither, also if one does not describe it.
    let toy: golden::union_undecided::types::Toy = check(r#"{"knots":3}"#);
    assert_eq!(toy.as_tug().unwrap().knots, 3);
    assert_eq!(to_json(&Thing::try_from(&Ball::new().colour("red")).unwrap()).unwrap(), r#"{"colour":"red"}"#);
}

#[test]
fn types_contain_themselves() {
    use golden::recursive::types::Tree;
    let tree: Tree =
        check(r#"{"name":"a","parent":{"name":"b","children":[]},"children":[{"name":"c","children":[]}]}"#);
    assert_eq!(tree.parent.map(|parent| parent.name), Some("b".to_owned()));
    let tree: Tree = check(
        r#"{"name":"a","children":[],"by_name":{"x":{"name":"b","children":[]}},"graft":{"name":"c","children":[]},
            "rows":[[{"name":"d","children":[],"graft":"e"}]]}"#,
    );
    assert_eq!(tree.rows.unwrap()[0][0].name, "d");
    let leaf = Tree::new("leaf", Vec::new());
    let grown = Tree::new("root", vec![leaf.clone()]).parent(leaf.clone()).previous(leaf);
    check::<Tree>(&to_json(&grown).unwrap());
}

#[test]
fn secrets_do_not_show() {
    use golden::read_write_split::types::PetInput;
    let pet = PetInput::new("Rex").chip_code("0815");
    assert!(!format!("{pet:?}").contains("0815"));
    assert_eq!(to_json(&pet).unwrap(), r#"{"name":"Rex","chip_code":"0815"}"#);
}

#[test]
fn a_default_stands_in_for_a_required_member() {
    use golden::all_of::types::Pet;
    let pet: Pet = from_json(r#"{"name":"Rex","price":"1.50"}"#).unwrap();
    assert_eq!(pet.age, 1);
    assert_eq!(pet.price.map(|price| price.to_string()).as_deref(), Some("1.50"));
    refuse::<Pet>(r#"{"age":2}"#, "$.name");
}

#[test]
fn a_default_is_told_for_an_optional_member_and_never_written() {
    use golden::defaults_of_members::types::{Room, RoomColour, RoomMood};
    let room: Room = from_json("{}").unwrap();
    assert_eq!(to_json(&room).unwrap(), r#"{"name":"unnamed"}"#);
    assert_eq!((room.warm, room.warm_or_default(), room.closed_or_default()), (None, true, false));
    assert_eq!((room.level_or_default(), room.shade_or_default()), (-3, 0.1));
    assert_eq!((room.note_or_default(), room.type_or_default()), ("a \"quiet\" room", "room"));
    assert_eq!((room.colour_or_default(), room.tags_or_default().len()), (&RoomColour::LightBlue, 0));
    assert_eq!((room.windows_or_default(), room.owner_or_default()), (Some(2), Some("nobody")));
    assert_eq!((room.mood_or_default(), room.doors_or_default()), (Some(&RoomMood::Calm), Some(&[][..])));

    let room: Room = check(
        r#"{"name":"hall","warm":false,"level":8,"colour":"red","note":"","tags":["a"],"windows":null,"owner":"Ada",
            "mood":null,"doors":[1],"clash_or_default":9}"#,
    );
    assert_eq!((room.warm_or_default(), room.level_or_default(), room.note_or_default()), (false, 8, ""));
    assert_eq!((room.colour_or_default(), room.tags_or_default()), (&RoomColour::Red, &["a".to_owned()][..]));
    assert_eq!((room.windows_or_default(), room.owner_or_default()), (None, Some("Ada")));
    assert_eq!((room.mood_or_default(), room.doors_or_default()), (None, Some(&[1][..])));
    assert_eq!((room.clash, room.clash_or_default), (None, Some(9)));
}

#[test]
fn other_members_may_be_typed() {
    use golden::map_and_extra::types::Labels;
    let labels: Labels = check(r#"{"extra":"x","counts":{"a":1},"anything":[null],"more":["a",null]}"#);
    assert_eq!(labels.extra, "x");
    assert_eq!(labels.extra_members["more"], [Some("a".to_owned()), None]);
    refuse::<Labels>(r#"{"extra":"x","more":[1]}"#, "$.more[0]");
    refuse::<Labels>(r#"{"extra":"x","more":7}"#, "$.more");
    let text = r#"{"extra":"x","counts":"many","more":7,"well":["a"]}"#;
    let labels: Labels = typewright_runtime::Decoder::new(text).tolerant(true).document().unwrap();
    assert_eq!((labels.counts.is_none(), labels.extra_members.len()), (true, 1));
    let written = to_json(&labels).unwrap();
    assert_eq!(written, r#"{"extra":"x","well":["a"],"counts":"many","more":7}"#);
}

#[test]
fn odd_names_travel_as_they_are() {
    use golden::naming_obstacle_course::types::OptionModel;
    check::<OptionModel>(
        r#"{"type":"a","self":"b","d":1,"index":"\n","extra":"c","":"d","1st":"e","größe":"f","foo-bar":"g","foo_bar":"h",
            "new":"i","+1":1,"-1":-1,"result":{"Ok":true},"vec":{"box":{"box":{}}},"more":0}"#,
    );
}

#[test]
fn serde_goes_through_the_codec() {
    use golden::nullable_ref_is_option::types::Pet;
    let json = r#"{"name":"Rex","owner":null,"more":1}"#;
    let pet: Pet = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&pet).unwrap(), json);
}

#[test]
fn records_name_their_members() {
    use golden::constructors_record::types::{Address, CreateOrder, CreateOrderRequired};
    let order = CreateOrder::new(CreateOrderRequired {
        pet: "rex".into(),
        count: 1,
        day: "2026-01-31".into(),
        address: Address::new("Bern"),
        token: "0815".into(),
    });
    #[allow(deprecated, reason = "what the document deprecates still works")]
    let order = order.note(None).gift(true);
    assert!(!format!("{order:?}").contains("0815"));
    let json = r#"{"pet":"rex","count":1,"day":"2026-01-31","address":{"city":"Bern"},"token":"0815","note":null,"gift":true}"#;
    assert_eq!(to_json(&order).unwrap(), json);
}

#[test]
fn every_name_of_a_shared_definition_can_be_used() {
    use golden::shared_definitions::types::{
        CreateBirdBodyColour, CreateCatBody, CreateDogBody, CreateDogBodyBed, CreateDogBodyBedSize,
        CreateDogBodyColour, CreateDogBodyRequired,
    };
    let dog: CreateDogBody = CreateDogBody::new(CreateDogBodyRequired {
        name: "Rex".into(),
        age: 3,
        weight: 20.5,
        colour: CreateDogBodyColour::Black,
        bed: CreateDogBodyBed::new().size(CreateDogBodyBedSize::Large),
    });
    let json = r#"{"name":"Rex","age":3,"weight":20.5,"colour":"black","bed":{"size":"large"}}"#;
    assert_eq!(to_json(&dog).unwrap(), json);
    assert_eq!(from_json::<CreateCatBody>(json).unwrap(), dog);
    assert_eq!(dog.colour, CreateBirdBodyColour::Black);
}

#[test]
fn accessors_find_what_stands_here_or_there() {
    use golden::accessors::types::{NewParcel, Parcel, Parcels};
    let parcel = |json: &str| check::<Parcel>(json);
    let top = parcel(r#"{"status":"new","number":"n1","weight":7,"label":{"number":"n2","weight":"8"},"tags":[]}"#);
    assert_eq!((top.status(), top.number(), top.copies()), (Some("new"), Some("n1"), None));
    assert_eq!(top.any_weight().map(|weight| weight.as_str()), Some("7"));
    let inner = parcel(r#"{"status":"","number":null,"label":{"number":"n2","status":"sent","weight":"8"},"tags":[]}"#);
    assert_eq!((inner.status(), inner.number()), (Some("sent"), Some("n2")));
    assert_eq!(inner.any_weight().map(|weight| (weight.as_str(), weight.is_number())), Some(("8", false)));
    let deep = parcel(r#"{"status":"","label":{},"sender":{"copies":2},"tags":[{"number":"n4"},{"copies":3}]}"#);
    assert_eq!((deep.status(), deep.number(), deep.copies()), (None, Some("n4"), Some(2)));
    let list: Parcels =
        check(r#"[{"status":"s","label":{"number":"n5"},"tags":[]},{"status":"s","label":{},"tags":[]}]"#);
    assert_eq!((list.number(), list.label().is_some()), (Some("n5"), true));
    let one: Parcels = check(r#"{"status":"s","number":"n6","label":{},"tags":[]}"#);
    assert_eq!(one.number(), Some("n6"));
    for other in ["[]", "7"] {
        assert_eq!(check::<Parcels>(other).number(), None, "{other}");
    }
    let new = NewParcel::new("7").value(12);
    assert_eq!(to_json(&new).unwrap(), r#"{"weight":"7","value":12}"#);
}
