// Package jsonfile has what the JSON files of folders are made of that are committed to git:
// texts of any bytes, policy documents, tags, gaps, and names of files. The same values make
// the same bytes.
package jsonfile
