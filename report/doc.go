// Package report writes a result: a result.Result and an io.Writer go in; text,
// Markdown, JUnit or the files of the output folder come out. HTML and SARIF have
// packages of their own, and package format is the table of all formats.
//
// The rules, in their order:
//
//  1. All text that comes from AWS is hostile. It is escaped where it is
//     written, by one file per format (escape_*.go) on top of package visible.
//     Every format may be shown in the log of a CI: text, Markdown and JUnit go
//     through a visible.LogWriter, and JSON is written by package visible.
//  2. Nothing is left out silently. A format that has limits writes how much
//     more there is and which file has it.
//  3. The same Result makes the same bytes, and a Result that was read from
//     diff.json makes those of the run that wrote it. The CSV files need every
//     item, and thus the Result of the run itself.
//  4. Items are written as they come. There may be millions, and no writer
//     keeps them all.
//
// The package compares and judges nothing: what differs, what is waived or new,
// and a drift in one line are package result's.
//
// Files is the list of the output folder's files, Folder writes them. Text and
// Markdown begin in the files of their names; text_lines.go has the lines that
// formats share.
package report
