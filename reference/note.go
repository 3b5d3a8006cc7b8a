package reference

// NoteKind is a sort of oddity.
type NoteKind string

const (
	// Duplicate is something that a source says twice; both were merged.
	Duplicate NoteKind = "duplicate"
	// Dangling is a name that a source uses and does not define. It was
	// kept: a resource type without a format, a condition key without a type.
	Dangling NoteKind = "dangling"
	// Incomplete is something that a source leaves out.
	Incomplete NoteKind = "incomplete"
	// Unused is something that a source has and the reference does not.
	Unused NoteKind = "unused"
)

// Note is something odd in a source.
type Note struct {
	Kind NoteKind
	// Service is the prefix, "" for the source as a whole.
	Service string
	Text    string
}

func (n Note) String() string {
	if n.Service == "" {
		return n.Text
	}
	return n.Service + ": " + n.Text
}
