// Package question is the comparison of bare policy documents as other programs ask
// for it: questions in JSON, and their answers.
//
// A question is an object on a line:
//
//	{"id": "1", "type": "identity", "old": [DOCUMENT, ...], "new": [DOCUMENT, ...],
//	 "old_boundary": DOCUMENT, "new_boundary": DOCUMENT}
//
// A document is a JSON object, or a string that holds one. It is pure: package main
// reads the files.
package question
