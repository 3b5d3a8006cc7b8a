package waiver

// Comparison is the tags of two accounts, in any order. The zero Comparison is
// every comparison.
type Comparison [2]string

// Is reports whether c is the comparison of accounts with those tags.
func (c Comparison) Is(a, b string) bool {
	return c == Comparison{} || c == Comparison{a, b} || c == Comparison{b, a}
}

// For returns the entries that are for the comparison of accounts with those tags.
// What is for another one has no say in it, and is not missed there either.
func (f *File) For(a, b string) *File {
	out := &File{}
	if f == nil {
		return out
	}
	out.Schema, out.Comment = f.Schema, f.Comment
	for _, w := range f.Waivers {
		if !w.OfAudit() && !w.OfMatrix() && w.Comparison.Is(a, b) {
			out.Waivers = append(out.Waivers, w)
		}
	}
	for _, r := range f.Ignore {
		if !r.OfAudit() && !r.OfMatrix() && r.Comparison.Is(a, b) {
			out.Ignore = append(out.Ignore, r)
		}
	}
	return out
}
