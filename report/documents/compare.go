package documents

// Kind is how a line of a comparison is related to the two documents.
type Kind byte

const (
	// Equal is a line that both documents have with the same text.
	Equal Kind = '='
	// Alike is a line that both have with other texts that mean the same.
	Alike Kind = '~'
	// OnlyA is a line of document A alone, OnlyB one of B alone.
	OnlyA Kind = '-'
	OnlyB Kind = '+'
)

// Line is a line of a comparison, with the comma after it where it has one.
type Line struct {
	Kind Kind
	// A and B are the line in each document, "" where it is not there.
	A, B string
}

// Differs reports whether one document alone has the line.
func (l Line) Differs() bool { return l.Kind == OnlyA || l.Kind == OnlyB }

// Text returns the line as document A has it, or B if A has it not.
func (l Line) Text() string {
	if l.Kind == OnlyB {
		return l.B
	}
	return l.A
}

// Comparison is two documents side by side.
type Comparison struct {
	Lines []Line
	Counts
}

// Counts are how many lines a comparison has of each kind.
type Counts struct {
	OnlyA, OnlyB, Alike int
	// Twins is how many lines differ although they have the same text: a name
	// that is the account's own in one is a foreign one in the other.
	Twins int
}

// Differ reports whether the documents differ in what they mean.
func (c Counts) Differ() bool { return c.OnlyA+c.OnlyB > 0 }

// Same reports whether the documents have the same lines.
func (c Counts) Same() bool { return !c.Differ() && c.Alike == 0 }

// Compare sets two documents side by side. Either may be nil: the lines are
// all of the other then.
func Compare(a, b *Document) Comparison {
	if a == nil {
		a = &Document{}
	}
	if b == nil {
		b = &Document{}
	}
	var c Comparison
	pairs := setSideBySide(a, b)
	if !a.plain && !b.plain {
		c.Twins = twins(pairs)
		pairs = joinLists(pairs)
	}
	c.Lines = make([]Line, len(pairs))
	for i, p := range pairs {
		c.Lines[i] = p.shown()
		c.count(p.kind)
	}
	return c
}

func (c *Counts) count(k Kind) {
	switch k {
	case OnlyA:
		c.OnlyA++
	case OnlyB:
		c.OnlyB++
	case Alike:
		c.Alike++
	}
}

// linePair is a line of one document alone, or a line of each that mean the
// same.
type linePair struct {
	kind Kind
	a, b *line
}

// side returns the line of A, or of B if A has none.
func (p linePair) side() *line {
	if p.a != nil {
		return p.a
	}
	return p.b
}

func (p linePair) shown() Line {
	l := Line{Kind: p.kind}
	if p.a != nil {
		l.A = p.a.text
	}
	if p.b != nil {
		l.B = p.b.text
	}
	return l
}

// twins counts the lines that differ although they have the same text.
func twins(pairs []linePair) int {
	lines := map[string]*line{}
	for _, p := range pairs {
		if p.kind == OnlyA {
			lines[p.a.bare()] = p.a
		}
	}
	n := 0
	for _, p := range pairs {
		if p.kind != OnlyB {
			continue
		}
		if twin := lines[p.b.bare()]; twin != nil && twin.key != p.b.key {
			n++
		}
	}
	return n
}
