//! From a rating to its score and to what follows from it.

use super::event::{EventKind, Rating};
use super::state::Solved;
use crate::limits::Limits;

/// 20 to 100: the weighted mean of the three dimensions, five levels being 20, 40, 60, 80, 100. So 基本满意 (3) in all
/// three is exactly 60. Rounded down.
pub fn score(rating: &Rating, limits: &Limits) -> u8 {
    let [attitude, process, result] = limits.rating_weights;
    let sum =
        attitude * u32::from(rating.attitude) + process * u32::from(rating.process) + result * u32::from(rating.result);
    u8::try_from(sum * 20 / (attitude + process + result).max(1)).unwrap_or(100)
}

/// Every dimension is one of the five levels.
pub const fn is_valid(rating: &Rating) -> bool {
    matches!((rating.attitude, rating.process, rating.result), (1..=5, 1..=5, 1..=5))
}

/// [`EventKind::RatedBad`] when any dimension is at or below the bad level, the score is below the threshold or the
/// problem is not solved; else [`EventKind::RatedOk`]. The only place that knows.
pub fn classify_rating(rating: &Rating, limits: &Limits) -> EventKind {
    let worst = rating.attitude.min(rating.process).min(rating.result);
    let bad = u32::from(worst) <= limits.rating_bad_level
        || u32::from(score(rating, limits)) < limits.rating_bad_score
        || rating.solved == Solved::No;
    if bad { EventKind::RatedBad } else { EventKind::RatedOk }
}
