//! Paper ledgers as tables: which column is which, what each row means, what is wrong with it. The bytes of a file are
//! read elsewhere; here are rows of text.

use super::{ReceivedBy, RecordContent, RecordOutcome, check_record};
use crate::calendar::Date;
use crate::lifecycle::coded_enum;
use crate::numbers::normalise_phone;
use crate::text::half_width;

coded_enum! {
    /// A column of the template.
    Column {
        Date = "date",
        Visitor = "visitor",
        Phone = "phone",
        People = "people",
        Deputies = "deputies",
        Topic = "topic",
        Category = "category",
        Words = "words",
        Notes = "notes",
        VisitPlace = "visit_place",
        VisitSeen = "visit_seen",
        Outcome = "outcome",
        Solved = "solved",
    }
}

impl Column {
    /// As it stands in the template's first row.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Date => "接待日期",
            Self::Visitor => "来访人",
            Self::Phone => "联系电话",
            Self::People => "人数",
            Self::Deputies => "接待代表",
            Self::Topic => "事由",
            Self::Category => "类别",
            Self::Words => "反映内容",
            Self::Notes => "接待记录",
            Self::VisitPlace => "走访地点",
            Self::VisitSeen => "走访情况",
            Self::Outcome => "处理方式",
            Self::Solved => "当场怎么解决的",
        }
    }

    /// What else such a column is called on paper.
    const fn also(self) -> &'static [&'static str] {
        match self {
            Self::Date => &["日期", "时间", "来访日期", "接待时间"],
            Self::Visitor => &["姓名", "来访人姓名", "群众姓名", "来访群众"],
            Self::Phone => &["电话", "手机", "手机号", "联系方式"],
            Self::People => &["来访人数"],
            Self::Deputies => &["代表", "接待人", "接待代表姓名"],
            Self::Topic => &["主题", "标题", "问题", "反映问题"],
            Self::Category => &["问题类别", "分类"],
            Self::Words => &["内容", "反映的内容", "意见建议", "意见内容", "群众意见"],
            Self::Notes => &["记录", "备注"],
            Self::VisitPlace => &["察看地点"],
            Self::VisitSeen => &["察看情况"],
            Self::Outcome => &["处理结果", "办理方式", "处理情况"],
            Self::Solved => &["解决办法", "当场解决情况"],
        }
    }

    fn of_title(title: &str) -> Option<Self> {
        let title: String = title
            .chars()
            .map(half_width)
            .filter(|c| !c.is_whitespace() && *c != '*')
            .collect();
        let title = title.split('(').next().unwrap_or_default();
        Self::ALL
            .iter()
            .copied()
            .find(|column| column.title() == title || column.also().contains(&title))
    }
}

/// A table as it came out of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub titles: Vec<String>,
    /// Rows with their number in the file, the titles being row 1; empty rows are left out.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// What is wrong with a row: where, and in which way. `required`, `invalid`, `unknown`, `future`, `too_long`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    pub column: Column,
    pub code: &'static str,
}

/// What a row means.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    pub date: Date,
    /// Eleven digits.
    pub phone: Option<String>,
    pub content: RecordContent,
}

/// What names mean: categories and deputies with their ids, and what day it is.
#[derive(Clone, Debug)]
pub struct Known {
    pub categories: Vec<(String, String)>,
    pub deputies: Vec<(String, String)>,
    pub today: Date,
}

/// Which cell of a row is which; none when a column that every record needs is not there.
pub fn columns_of(titles: &[String]) -> Result<Vec<(Column, usize)>, Vec<Column>> {
    let mut found: Vec<(Column, usize)> = Vec::new();
    for (at, title) in titles.iter().enumerate() {
        if let Some(column) = Column::of_title(title)
            && !found.iter().any(|(known, _)| *known == column)
        {
            found.push((column, at));
        }
    }
    let missing: Vec<Column> = [Column::Date, Column::Topic]
        .into_iter()
        .filter(|column| !found.iter().any(|(known, _)| known == column))
        .collect();
    if missing.is_empty() { Ok(found) } else { Err(missing) }
}

/// Reads a row.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_row(columns: &[(Column, usize)], cells: &[String], known: &Known) -> Result<SheetRow, Vec<RowFault>> {
    let text = |column: Column| {
        let at = columns.iter().find(|(known, _)| *known == column).map(|(_, at)| *at);
        let cell = at.and_then(|at| cells.get(at)).map_or("", String::as_str);
        unguarded(cell.trim()).to_owned()
    };
    let mut faults = Vec::new();
    let mut fault = |column: Column, code: &'static str| faults.push(RowFault { column, code });
    let date = match (text(Column::Date).as_str(), date_in(&text(Column::Date))) {
        ("", _) => {
            fault(Column::Date, "required");
            None
        }
        (_, None) => {
            fault(Column::Date, "invalid");
            None
        }
        (_, Some(date)) if date > known.today => {
            fault(Column::Date, "future");
            None
        }
        (_, date) => date,
    };
    let phone = text(Column::Phone);
    let phone = if phone.is_empty() {
        None
    } else {
        let digits = normalise_phone(&phone);
        if digits.is_none() {
            fault(Column::Phone, "invalid");
        }
        digits
    };
    let people = people_in(&text(Column::People)).unwrap_or_else(|| {
        fault(Column::People, "invalid");
        1
    });
    let category = text(Column::Category);
    let category_id = known.categories.iter().find(|(name, _)| *name == category);
    if !category.is_empty() && category_id.is_none() {
        fault(Column::Category, "unknown");
    }
    let (outcome, solved) = (text(Column::Outcome), text(Column::Solved));
    let outcome = outcome_in(&outcome, &solved).unwrap_or_else(|| {
        fault(Column::Outcome, "unknown");
        RecordOutcome::Noted
    });
    let content = RecordContent {
        visitor: text(Column::Visitor),
        people,
        topic: text(Column::Topic),
        category_id: category_id.map(|(_, id)| id.clone()),
        words: text(Column::Words),
        notes: text(Column::Notes),
        visit_place: text(Column::VisitPlace),
        visit_seen: text(Column::VisitSeen),
        outcome,
        solved,
        deputies: deputies_in(&text(Column::Deputies), known),
    };
    for error in check_record(&content) {
        let code = match error.code.as_str() {
            "required" => "required",
            "too_long" => "too_long",
            _ => "invalid",
        };
        if let Some(column) = Column::from_code(&error.field)
            && !faults.iter().any(|fault| fault.column == column)
        {
            faults.push(RowFault { column, code });
        }
    }
    match date {
        Some(date) if faults.is_empty() => Ok(SheetRow { date, phone, content }),
        _ => Err(faults),
    }
}

/// `2019-03-05`, `2019/3/5`, `2019.3.5`, `2019年3月5日`, `20190305`.
fn date_in(text: &str) -> Option<Date> {
    let text: String = text.chars().map(half_width).collect();
    // A time may follow the day.
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Date::parse(&[&text[..4], "-", &text[4..6], "-", &text[6..]].concat());
    }
    let mut parts = text.trim_end_matches('日').split(['-', '/', '.', '年', '月']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    (1950..=2999).contains(&date.year).then_some(date)
}

/// `3`, `3人`, `3.0`; one where nothing stands.
fn people_in(text: &str) -> Option<u32> {
    let text: String = text.chars().map(half_width).collect();
    let text = text.trim_end_matches(['人', '名', '位', ' ']).trim_end_matches(".0");
    if text.is_empty() {
        return Some(1);
    }
    text.parse()
        .ok()
        .filter(|people| (1..=super::PEOPLE_MAX).contains(people))
}

fn outcome_in(text: &str, solved: &str) -> Option<RecordOutcome> {
    Some(match text {
        "" if solved.is_empty() => RecordOutcome::Noted,
        "" | "当场解决" | "当场答复" | "已解决" | "现场解决" => RecordOutcome::OnSite,
        "转为意见" | "转办" | "交办" | "转意见" => RecordOutcome::Letter,
        "仅记录" | "记录" | "已记录" => RecordOutcome::Noted,
        _ => return None,
    })
}

/// 「陆知遥、顾承远代表」: names as they stand, with the ids of those who are known.
fn deputies_in(text: &str, known: &Known) -> Vec<ReceivedBy> {
    text.split(['、', '，', ',', ';', '；', '/', '\n'])
        .map(|name| name.trim().trim_end_matches("代表").trim())
        .filter(|name| !name.is_empty())
        .map(|name| ReceivedBy {
            id: known.deputies.iter().find(|(n, _)| n == name).map(|(_, id)| id.clone()),
            name: name.to_owned(),
        })
        .collect()
}

/// What programs for tables take for a formula when a cell begins with it.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell for a file that has no types: what looks like a formula gets an apostrophe before it.
pub fn guarded(cell: &str) -> String {
    if cell.starts_with(FORMULA) {
        ["'", cell].concat()
    } else {
        cell.to_owned()
    }
}

/// The cell that was guarded.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        Known {
            categories: vec![("路灯".to_owned(), "c-lamp".to_owned())],
            deputies: vec![("陆知遥".to_owned(), "d-lu".to_owned())],
            today: Date::parse("2026-11-23").expect("a date"),
        }
    }

    fn row(pairs: &[(Column, &str)]) -> Result<SheetRow, Vec<RowFault>> {
        let columns: Vec<(Column, usize)> = pairs
            .iter()
            .enumerate()
            .map(|(at, (column, _))| (*column, at))
            .collect();
        let cells: Vec<String> = pairs.iter().map(|(_, text)| (*text).to_owned()).collect();
        read_row(&columns, &cells, &known())
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for text in [
            "2019-03-05",
            "2019/3/5",
            "2019.3.5",
            "2019年3月5日",
            "20190305",
            "２０１９－３－５",
            "2019-03-05 00:00:00",
        ] {
            assert_eq!(date_in(text).map(Date::iso).as_deref(), Some("2019-03-05"), "{text}");
        }
        for text in ["2019-13-05", "3月5日", "去年", "2019-03", "0019-03-05"] {
            assert_eq!(date_in(text), None, "{text}");
        }
    }

    #[test]
    fn a_row_of_a_paper_ledger_becomes_a_record() {
        let read = row(&[
            (Column::Date, "2019年3月5日"),
            (Column::Visitor, "王桂芳"),
            (Column::Phone, "199-0000-0001"),
            (Column::People, "2人"),
            (Column::Deputies, "陆知遥代表、宋老"),
            (Column::Topic, "路灯不亮"),
            (Column::Category, "路灯"),
            (Column::Solved, "当天换好"),
        ])
        .expect("a record");
        assert_eq!(read.phone.as_deref(), Some("19900000001"));
        assert_eq!(read.content.people, 2);
        assert_eq!(
            read.content.outcome,
            RecordOutcome::OnSite,
            "who says how it was solved says that it was"
        );
        assert_eq!(read.content.category_id.as_deref(), Some("c-lamp"));
        let names: Vec<_> = read
            .content
            .deputies
            .iter()
            .map(|d| (d.id.as_deref(), &*d.name))
            .collect();
        assert_eq!(
            names,
            [(Some("d-lu"), "陆知遥"), (None, "宋老")],
            "deputies of the past are kept by name"
        );
    }

    #[test]
    fn everything_wrong_with_a_row_is_named_at_once() {
        let faults = row(&[
            (Column::Date, "2027-01-01"),
            (Column::Phone, "12"),
            (Column::People, "许多"),
            (Column::Topic, ""),
            (Column::Category, "天气"),
            (Column::Outcome, "搁置"),
        ])
        .expect_err("not a record");
        let told: Vec<_> = faults.iter().map(|fault| (fault.column, fault.code)).collect();
        let expected = [
            (Column::Date, "future"),
            (Column::Phone, "invalid"),
            (Column::People, "invalid"),
            (Column::Category, "unknown"),
            (Column::Outcome, "unknown"),
            (Column::Topic, "required"),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn titles_are_known_by_the_names_on_paper() {
        let titles = ["序号", "日期*", "姓名", "反映问题", "反映内容（原话）"].map(str::to_owned);
        let columns = columns_of(&titles).expect("enough columns");
        let expected = [
            (Column::Date, 1),
            (Column::Visitor, 2),
            (Column::Topic, 3),
            (Column::Words, 4),
        ];
        assert_eq!(columns, expected);
        assert_eq!(columns_of(&["姓名".to_owned()]), Err(vec![Column::Date, Column::Topic]));
        for column in Column::ALL {
            assert_eq!(Column::of_title(column.title()), Some(*column));
        }
    }

    #[test]
    fn what_looks_like_a_formula_comes_back_as_it_was() {
        for cell in ["=1+1", "+86 199", "-3", "@家", "plain", "'quoted", ""] {
            assert_eq!(unguarded(&guarded(cell)), cell);
        }
        assert_eq!(guarded("=1+1"), "'=1+1");
    }
}
