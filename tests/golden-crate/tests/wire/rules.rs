//! What a document forbids, by each keyword that can be checked: told with its place, and not sent.

use typewright_golden::rules_checked::types::{Dish, Meal};
use typewright_golden::rules_checked::{Call, Shelter, op::CreateMeal};
use typewright_runtime::Builder;

use crate::server::Server;

#[tokio::test]
async fn what_a_keyword_forbids_is_not_sent() {
    let server = Server::silent().await;
    let shelter: Shelter = Builder::new().base_url(&server.url).build().unwrap_or_else(|_| panic!());
    let refused = async |meal: Meal, expected: &str| {
        let error = shelter.meals().create(&meal).await.unwrap_err();
        assert!(error.is_validation(), "{error}");
        assert_eq!(error.message(), expected);
    };
    let label = |name: &str| (name.to_owned(), "x".to_owned());
    refused(Meal::new().above(0.5), "above must be greater than 0.5.").await;
    refused(Meal::new().below(100.0), "below must be less than 1e2.").await;
    refused(Meal::new().least(0.9), "least must be greater than or equal to 1.").await;
    refused(Meal::new().most(9.1), "most must be less than or equal to 9.").await;
    refused(Meal::new().step(0.3), "step must be a multiple of 0.25.").await;
    refused(Meal::new().short("abc"), "short must be at most 2 characters long.").await;
    refused(Meal::new().long("a"), "long must be at least 2 characters long.").await;
    refused(Meal::new().code("A"), "code must match the pattern ^[a-z]+$").await;
    refused(Meal::new().few(vec![1, 2]), "few must have at most 1 item.").await;
    refused(Meal::new().some(Vec::new()), "some must have at least 1 item.").await;
    refused(Meal::new().unlike(vec![1, 2, 1]), "unlike must not have two equal items.").await;
    refused(Meal::new().labels([("", ""); 0]), "labels must have at least 1 member.").await;
    refused(Meal::new().labels(["a", "b", "c"].map(label)), "labels must have at most 2 members.").await;
    refused(Meal::new().rate(0.7), "rate must be one of 0.5 or 1.").await;
    let dishes = vec![Dish::new(), Dish::new().grams(10)];
    refused(Meal::new().dishes(dishes), "dishes[1].grams must be less than or equal to 9.").await;
    let asked = async |set: fn(Call<CreateMeal>) -> Call<CreateMeal>, expected: &str| {
        let error = set(shelter.meals().create(&Meal::new())).await.unwrap_err();
        assert_eq!((error.is_validation(), error.message()), (true, expected));
    };
    asked(|call| call.age(0), "age must be greater than 0.").await;
    asked(|call| call.age(30), "age must be less than 30.").await;
    asked(|call| call.days(["mon"]), "days must have at least 2 items.").await;
    asked(|call| call.days(["mon", "tues"]), "days[1] must be at most 3 characters long.").await;
    assert_eq!(server.count(), 0);
    let fits = Meal::new().above(0.6).below(99.9).least(1.0).most(9.0).step(0.75).short("ab").long("ab").code("a");
    let fits = fits.few(vec![1]).some(vec![1]).unlike(vec![1, 2]).labels([label("a")]).rate(1.0);
    shelter.meals().create(&fits).age(29).days(["mon", "tue"]).await.unwrap();
    assert_eq!((server.count(), server.target().as_str()), (1, "/meals?age=29&days=mon&days=tue"));
}
