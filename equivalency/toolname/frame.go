package toolname

import (
	"regexp"
	"strings"
)

// Span is a stretch of a text, in bytes.
type Span struct{ From, To int }

// The kinds of things that have such names, as ARNs spell them. Kinds of other services
// than IAM have the service before them.
const (
	Role            = "role"
	Policy          = "policy"
	InstanceProfile = "instance-profile"
	SAMLProvider    = "saml-provider"
	Bucket          = "s3:bucket"
	Repository      = "ecr:repository"
	Parameter       = "ssm:parameter"
)

// Frame is how a tool names things.
type Frame struct {
	// kinds are those of the things, separated by spaces.
	kinds string
	// head is what the names begin with, "" if that is not always the same.
	head string
	// name is a whole name; pattern is a name with wildcards, nil where these could
	// be anybody's.
	name, pattern *regexp.Regexp
}

// classes are what gaps are filled with.
var classes = map[string]string{
	"any":       `.+`,
	"some":      `.+?`,
	"rest":      `(?:[^A-Za-z0-9].*)?`,
	"sep":       `[-_]`,
	"account":   `[0-9]{12}`,
	"region":    `[a-z]{2}(?:-[a-z]+){1,3}-[0-9]{1,2}`,
	"in":        `(?:-[a-z]{2}(?:-[a-z]+){1,3}-[0-9]{1,2})?`,
	"qualifier": `[a-z0-9]{1,10}`,
	"default":   `(?:hnb659fds|\*)`,
	"cut":       `\*`,
	"letters":   `[A-Za-z]*`,
	"small":     `[a-z-]+`,
	"clock":     `(?:[0-9]{6}|[0-9a-f]{5})`,
	"time":      `[0-9]{8}T[0-9]{6}`,
	"millis":    `[0-9]{13}`,
	"small5":    `[a-z0-9]{5}`,
	"small8":    `[a-z0-9]{8}`,
	"small9":    `[a-z0-9]{9}`,
	"hex16":     `[0-9a-f]{16}`,
	"hex32":     `[0-9a-f]{32}`,
	"suffix":    `[A-Za-z0-9]{12,13}`,
	"uuidcut":   `[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{1,12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){0,3}(?:-[0-9a-f]{1,3})?|[0-9a-f]{1,7}`,
	"uuid":      `[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`,
	"stackset":  `.+-[0-9a-f]{8}(?:-.*)?`,
}

// wild and wildEnd are what may take the place of a gap in a pattern, before a word and
// at the end: a wildcard or a variable with what is around it. It parts words as a gap
// does.
const (
	wildEnd = `(?:[^A-Za-z0-9/][^/]*)?(?:[*?]|\$\{)[^/]*`
	wild    = `(?:[^A-Za-z0-9/][^/]*)?(?:[*?]|\$\{)(?:[^/]*[^A-Za-z0-9/])?`
)

// token is a part of a frame's text: a word, a class, or what is between them.
var token = regexp.MustCompile(`'([^']*)'|<(!?)([a-z0-9]+)>|[^'<]+`)

// frame returns the frame of a text in which 'WORD' is a word of the tool, a regular
// expression, <CLASS> a gap, <!CLASS> a gap that the tool fills, and all else dividers.
func frame(kinds, text string) *Frame {
	var name, pattern, gap strings.Builder
	f := &Frame{kinds: kinds}
	endGap := func(wild string) {
		if gap.Len() > 0 {
			pattern.WriteString("(?:" + gap.String() + "|" + wild + ")")
			gap.Reset()
		}
	}
	for i, m := range token.FindAllStringSubmatch(text, -1) {
		switch class := "(?:" + classes[m[3]] + ")"; {
		case m[1] != "":
			endGap(wild)
			name.WriteString("(" + m[1] + ")")
			pattern.WriteString("(" + m[1] + ")")
			if i == 0 {
				f.head, _ = regexp.MustCompile(m[1]).LiteralPrefix()
			}
		case m[2] != "":
			name.WriteString("(?P<drawn>" + class + ")")
			gap.WriteString(class)
		case m[3] != "":
			name.WriteString(class)
			gap.WriteString(class)
		default:
			name.WriteString(regexp.QuoteMeta(m[0]))
			gap.WriteString(regexp.QuoteMeta(m[0]))
		}
	}
	if gap.Len() == 0 {
		pattern.WriteString("(?:" + wildEnd + ")?")
	}
	endGap(wildEnd)
	f.name, f.pattern = regexp.MustCompile("^"+name.String()+"$"), regexp.MustCompile("^"+pattern.String()+"$")
	return f
}

// exact is frame for names of which a pattern could be anybody's.
func exact(kinds, text string) *Frame {
	f := frame(kinds, text)
	f.pattern = nil
	return f
}

// patterns is frame for patterns alone, which have wildcards where the text says.
func patterns(kinds, text string) *Frame {
	f := frame(kinds, text)
	f.pattern = f.name
	return f
}

// Drawn returns the part that the tool drew of the name of a thing of a kind; ok is
// false for a name that is not in the frame.
func (f *Frame) Drawn(kind, name string) (part Span, ok bool) {
	group := f.name.SubexpIndex("drawn")
	if group < 0 || !strings.HasPrefix(name, f.head) || !strings.Contains(f.kinds, kind) {
		return Span{}, false
	}
	m := f.name.FindStringSubmatchIndex(name)
	if m == nil {
		return Span{}, false
	}
	return Span{m[2*group], m[2*group+1]}, true
}

// words returns the words of a name, or of a pattern of names.
func (f *Frame) words(name string) []Span {
	of := f.name
	if strings.ContainsAny(name, "*?$") {
		of = f.pattern
	}
	if of == nil || !strings.HasPrefix(name, f.head) {
		return nil
	}
	var out []Span
	m := of.FindStringSubmatchIndex(name)
	for i, group := range of.SubexpNames() {
		if m != nil && i > 0 && group == "" && m[2*i] < m[2*i+1] {
			out = append(out, Span{m[2*i], m[2*i+1]})
		}
	}
	return out
}
