// Package report writes a result for people and programs: the files of the
// output folder, text, Markdown and JUnit. Every renderer takes an io.Writer,
// and the same Result makes the same bytes. Packages of its own write HTML and
// SARIF.
//
// All text that comes from AWS is hostile. It is escaped where it is written,
// by one file per format, on top of package visible.
package report
