// Package authdetails reads an account from a file with the output of
//
//	aws iam get-account-authorization-details
//
// The file is read as a stream. It may hold several pages one after the
// other, as repeated calls with --no-paginate print them, or a JSON list of
// pages. Policy documents may be objects, as the CLI prints them, JSON text,
// or percent-encoded text, as the API returns them. UTF-8 and UTF-16 are
// understood, the latter being what redirection in PowerShell writes.
//
// Nothing is left out unseen: a policy that is attached but not in the file
// is a gap, a field that iamctl does not know is named in a note, a file that
// is not complete is an error. A date that is none is a note. What a policy says is what
// its default version says.
package authdetails
