// Package report writes what was found: the files of the output folder and
// the text on the terminal. Every renderer takes an io.Writer, and the same
// Changes give the same bytes.
//
// All text that comes from AWS is hostile. It is escaped here, where it is
// written, by one file per format: escape_visible.go for terminals,
// escape_csv.go for spreadsheets, escape_json.go for JSON.
package report
