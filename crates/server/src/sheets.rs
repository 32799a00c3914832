//! Tables as files: CSV in the encodings that programs here write, and XLSX. What the rows mean is decided elsewhere.

use calamine::{Data, Reader as _, Xlsx};
use encoding_rs::{GB18030, UTF_8};
use liaison_domain::calendar::Date;
use liaison_domain::ledger::{Sheet, guarded};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};
use std::borrow::Cow;
use std::io::Cursor;

/// Bytes that a table may grow to when it is unpacked: more is no ledger.
const UNPACKED: u64 = 64 << 20;
/// Days from Excel's first day to 1970-01-01.
const EXCEL_EPOCH: i32 = 25_569;
/// A sheet wider than this is no ledger.
const COLUMNS: usize = 200;

/// Why a file is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Neither CSV nor XLSX, or broken.
    NotATable,
    /// No rows below the titles.
    Empty,
    /// More rows than allowed.
    TooMany,
}

/// A cell to write.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
}

/// Reads a table from its file. What a file is decides its beginning, not its name.
///
/// # Errors
/// Why it cannot be read.
pub fn read(bytes: &[u8], most: usize) -> Result<Sheet, Unreadable> {
    let rows = if bytes.starts_with(b"PK\x03\x04") {
        xlsx_rows(bytes)?
    } else {
        csv_rows(bytes)?
    };
    let mut rows = rows.into_iter();
    let titles = rows.next().map(|(_, cells)| cells).ok_or(Unreadable::Empty)?;
    let rows: Vec<_> = rows
        .filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()))
        .collect();
    match rows.len() {
        0 => Err(Unreadable::Empty),
        count if count > most => Err(Unreadable::TooMany),
        _ => Ok(Sheet { titles, rows }),
    }
}

/// A file's text, in UTF-8 or in what older Chinese programs write; none where it is neither.
pub fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    // A zero byte stands in no text of either encoding.
    if bytes.contains(&0) {
        return None;
    }
    let (text, _, broken) = UTF_8.decode(bytes);
    if !broken {
        return Some(text);
    }
    let (text, _, broken) = GB18030.decode(bytes);
    (!broken).then_some(text)
}

type Rows = Vec<(u32, Vec<String>)>;

fn csv_rows(bytes: &[u8]) -> Result<Rows, Unreadable> {
    let text = text(bytes).ok_or(Unreadable::NotATable)?;
    // The first line tells by what the cells are parted.
    let first = text.lines().next().unwrap_or_default();
    let by = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|by| first.bytes().filter(|byte| byte == by).count())
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(by)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|_| Unreadable::NotATable)?;
        // The number of the row, not of the line: a cell may hold several lines.
        rows.push((at as u32 + 1, record.iter().map(str::to_owned).collect()));
    }
    Ok(rows)
}

fn xlsx_rows(bytes: &[u8]) -> Result<Rows, Unreadable> {
    if unpacked(bytes) > UNPACKED {
        return Err(Unreadable::NotATable);
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::NotATable)?;
    let range = book.worksheet_range_at(0).ok_or(Unreadable::Empty)?;
    let range = range.map_err(|_| Unreadable::NotATable)?;
    if range.width() > COLUMNS {
        return Err(Unreadable::NotATable);
    }
    let first = range.start().map_or(0, |(row, _)| row);
    let text = |cells: &[Data]| cells.iter().map(cell_text).collect();
    Ok(range
        .rows()
        .enumerate()
        .map(|(at, cells)| (first + at as u32 + 1, text(cells)))
        .collect())
}

fn cell_text(cell: &Data) -> String {
    match cell {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Data::DateTime(at) => Date::from_day_number(at.as_f64().floor() as i32 - EXCEL_EPOCH).iso(),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

/// What the entries of a zip file say they unpack to, from its directory (APPNOTE 4.3.12).
fn unpacked(bytes: &[u8]) -> u64 {
    bytes
        .windows(28)
        .filter(|entry| entry.starts_with(b"PK\x01\x02"))
        .map(|entry| u64::from(u32::from_le_bytes([entry[24], entry[25], entry[26], entry[27]])))
        .sum()
}

/// A table as CSV that every program here opens: UTF-8 with its mark, and no cell that could pass for a formula.
pub fn csv(titles: &[&str], rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    line(&mut out, titles.iter().map(|title| (*title).to_owned()));
    for row in rows {
        line(
            &mut out,
            row.iter().map(|cell| match cell {
                Cell::Text(text) => guarded(text),
                Cell::Number(number) => number.to_string(),
            }),
        );
    }
    out.into_bytes()
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

/// A table as XLSX. Text is written as text, whatever it looks like.
///
/// # Errors
/// What the writer could not do.
pub fn xlsx(name: &str, titles: &[(&str, f64)], rows: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let head = Format::new().set_bold().set_text_wrap();
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    // A4, across: as it is printed.
    sheet.set_paper_size(9).set_landscape();
    sheet.set_freeze_panes(1, 0)?;
    for (column, (title, width)) in (0_u16..).zip(titles) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, *title, &head)?;
    }
    for (at, row) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => {
                    sheet.write_string_with_format(at, column, text, &body)?;
                }
                Cell::Number(number) => {
                    sheet.write_number_with_format(at, column, *number, &body)?;
                }
            }
        }
    }
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "接待日期,事由,反映内容\r\n2019-03-05,路灯,\"坏了,\n三周\"\r\n,,\r\n2019-03-06,公交,短\r\n";

    fn expected() -> Sheet {
        let cells = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        Sheet {
            titles: cells(["接待日期", "事由", "反映内容"]),
            rows: vec![
                (2, cells(["2019-03-05", "路灯", "坏了,\n三周"])),
                (4, cells(["2019-03-06", "公交", "短"])),
            ],
        }
    }

    fn read_csv(bytes: &[u8]) -> Sheet {
        let mut sheet = read(bytes, 10).expect("a table");
        for (_, cells) in &mut sheet.rows {
            for cell in cells {
                *cell = cell.replace("\r\n", "\n");
            }
        }
        sheet
    }

    #[test]
    fn csv_is_read_in_the_encodings_that_programs_here_write() {
        assert_eq!(read_csv(TEXT.as_bytes()), expected());
        assert_eq!(read_csv(["\u{feff}", TEXT].concat().as_bytes()), expected());
        let (gb, _, _) = GB18030.encode(TEXT);
        assert_ne!(gb.as_ref(), TEXT.as_bytes());
        assert_eq!(read_csv(&gb), expected());
        assert_eq!(
            read_csv(TEXT.replace(',', "\t").replace("坏了\t", "坏了,").as_bytes()),
            expected()
        );
    }

    #[test]
    fn what_is_no_table_is_told_from_an_empty_one() {
        assert_eq!(read(b"", 10), Err(Unreadable::Empty));
        assert_eq!(read("接待日期,事由\r\n,\r\n".as_bytes(), 10), Err(Unreadable::Empty));
        assert_eq!(read(b"PK\x03\x04nonsense", 10), Err(Unreadable::NotATable));
        assert_eq!(read(b"\x89PNG\r\n\x1a\n\x00\x00", 10), Err(Unreadable::NotATable));
        assert_eq!(read(TEXT.as_bytes(), 1), Err(Unreadable::TooMany));
        // One entry that says it unpacks to four gigabytes.
        let mut bomb = b"PK\x03\x04PK\x01\x02".to_vec();
        bomb.resize(28, 0);
        bomb.extend([0xff; 60]);
        bomb[28..32].fill(0xff);
        assert!(unpacked(&bomb) > UNPACKED);
        assert_eq!(read(&bomb, 10), Err(Unreadable::NotATable));
    }

    #[test]
    fn an_xlsx_file_comes_back_with_its_types() {
        let rows = vec![
            vec![Cell::Text("=1+1".to_owned()), Cell::Number(3.0)],
            vec![Cell::Text("@家".to_owned()), Cell::Number(1.0)],
        ];
        let bytes = xlsx("台账", &[("事由", 20.0), ("人数", 8.0)], &rows).expect("a file");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).expect("a book");
        let range = book.worksheet_range("台账").expect("a sheet");
        assert_eq!(range.get_value((1, 0)), Some(&Data::String("=1+1".to_owned())));
        assert_eq!(range.get_value((1, 1)), Some(&Data::Float(3.0)));
        assert_eq!(book.worksheet_formula("台账").expect("formulas").cells().count(), 0);
        let sheet = read(&bytes, 10).expect("a table");
        assert_eq!(sheet.rows[1], (3, vec!["@家".to_owned(), "1".to_owned()]));
    }

    #[test]
    fn a_csv_cell_is_no_formula() {
        let rows = vec![vec![Cell::Text("=HYPERLINK(\"x\")".to_owned()), Cell::Number(-2.0)]];
        let text = String::from_utf8(csv(&["事由", "数"], &rows)).expect("text");
        assert_eq!(text, "\u{feff}事由,数\r\n\"'=HYPERLINK(\"\"x\"\")\",-2\r\n");
    }
}
