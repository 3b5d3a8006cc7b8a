package policy

// Canonical returns a new document in canonical form.
func Canonical(d *Document, partition string) *Document { panic("not yet") }

// CanonicalStatement is the canonical form of one statement, with the spelling of actions kept.
func CanonicalStatement(s *Statement, version, partition string) Statement { panic("not yet") }

// String is the document as compact JSON.
func (d *Document) String() string { panic("not yet") }

// ConditionJSON is the conditions as compact JSON, "" for none.
func ConditionJSON(c []Condition) string { panic("not yet") }
