//! Removes what is over: sessions, codes, keys, pictures that never found a letter.

use super::Run;
use crate::problem::ApiResult;

pub async fn run(run: Run) -> ApiResult<u64> {
    crate::uploads::sweep(&run.state).await?;
    crate::auth::session::sweep(&run.state).await?;
    Ok(0)
}
