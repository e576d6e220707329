//! The client as its credentials know it, and token requests as calls.

use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method};

use super::prepare::token_headers;
use super::prepared::{Content, Prepared, Purpose, Reading, Shown, Target};
use super::run::execute;
use crate::client::Client;
use crate::credentials::{Demand, Host, Needs, Proof, TokenRequest};
use crate::error::RawError;
use crate::event::EventHub;
use crate::facts::ClientFacts;
use crate::headers::overlay;
use crate::reply::RawReply;
use crate::time::{BoxFuture, Clock, Random, Sleeper};
use crate::url::{BaseUrl, path_of};

impl Host for Client {
    fn facts(&self) -> &'static ClientFacts {
        self.shared.facts
    }

    fn base(&self) -> &BaseUrl {
        &self.shared.base
    }

    fn clock(&self) -> &dyn Clock {
        &*self.shared.clock
    }

    fn sleeper(&self) -> &dyn Sleeper {
        &*self.shared.sleeper
    }

    fn random(&self) -> &dyn Random {
        &*self.shared.random
    }

    fn events(&self) -> &EventHub {
        &self.shared.events
    }

    fn request_token(&self, request: TokenRequest) -> BoxFuture<Result<RawReply, RawError>> {
        match prepare(self, request) {
            Ok(prepared) => {
                let client = self.clone();
                Box::pin(async move { execute(&client, prepared).await })
            }
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }
}

fn prepare(client: &Client, request: TokenRequest) -> Result<Prepared, RawError> {
    let TokenRequest { operation, url, proof, caller } = request;
    let mut headers = token_headers(&client.shared, &url, Some("application/json"));
    overlay(&mut headers, &caller.headers);
    let session_cookie = matches!(proof, Proof::Cookie);
    let content = match proof {
        Proof::Cookie => Content::default(),
        Proof::Form { body, authorization } => {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
            if let Some(authorization) = authorization {
                headers.insert(AUTHORIZATION, authorization);
            }
            Content::from(body)
        }
    };
    let path = path_of(&url).to_owned();
    let shown = Shown { path: path.clone().into(), template: path.into() };
    let auth = Demand { needs: Needs::Nothing, session_cookie, caller };
    let purpose = Purpose::Token { harmless: !session_cookie };
    let target = Target::new(operation, Method::POST, url, shown);
    Prepared::new(client, &purpose, target, (headers, content), (auth, Reading::default()))
        .map_err(RawError::configuration)
}
