package policy

// Parse reads one document.
func Parse(text string) (*Document, []Problem, error) { panic("not yet") }

// SyntaxError tells why nothing could be read.
type SyntaxError struct {
	Line, Column int
	Message      string
}

func (e *SyntaxError) Error() string { return e.Message }

// Problem is something odd that was kept all the same.
type Problem struct {
	Line, Column int
	// Statement is the index, -1 for the document.
	Statement int
	Message   string
}
