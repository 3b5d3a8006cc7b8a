package randomname

import (
	"regexp"
	"strings"

	"iamctl/equivalency"
	"iamctl/equivalency/toolname"
)

// cloudFormation recognises the names that CloudFormation makes: STACK-LOGICALID- and
// 12 letters and digits, in former times 12 or 13 capitals and digits (CloudFormation
// User Guide, "Name type"). A stack's name begins with a letter and has letters,
// digits and hyphens; a logical id has letters and digits alone. So a name without
// two parts before the suffix is none of CloudFormation's.
func cloudFormation(kind Kind, name, _ string) (Form, bool) {
	stem, suffix, ok := cutLast(name)
	if !ok || len(suffix) < 12 || len(suffix) > 13 || !only(suffix, alnum) || len(suffix) == 13 && strings.ToUpper(suffix) != suffix {
		return Form{}, false
	}
	stack, logical, ok := cutLast(stem)
	if !ok || logical == "" || !only(logical, alnum) || !stackName.MatchString(stack) {
		return Form{}, false
	}
	f := Form{Tool: "CloudFormation's random part", Parts: last(name, len(suffix)), Cut: full(kind, name)}
	f.draw(suffix, 62, cloudFormationPair)
	wider := stackParts(stack, f.Cut)
	if hash, ok := constructHash(logical); ok {
		wider = append(wider, equivalency.Span{From: len(stem) - hash, To: len(stem)})
	}
	if wider != nil {
		f.Wider = append(wider, f.Parts...)
	}
	return f, true
}

// cloudFormationPair is how many bits two suffixes of CloudFormation's must reach.
const cloudFormationPair = 4

var stackName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`)

// cutLast cuts a text at its last hyphen.
func cutLast(text string) (before, after string, ok bool) {
	i := strings.LastIndexByte(text, '-')
	if i <= 0 {
		return "", "", false
	}
	return text[:i], text[i+1:], true
}

// full reports whether a name is about as long as IAM allows: 64 characters for roles
// and 128 for policies. CloudFormation cuts the stack's name and the logical id then.
func full(kind Kind, name string) bool {
	n := len(name)
	return 62 <= n && n <= 64 || kind == equivalency.ManagedPolicy && 126 <= n && n <= 128
}

// constructHash returns the length of the eight hex digits in capitals that the CDK
// appends to logical ids (CDK Developer Guide, "Identifiers").
func constructHash(logical string) (int, bool) {
	const size = 8
	at := len(logical) - size
	if at <= 0 || !only(logical[at:], upperHex) || drawn(logical[at:], 16, 0) < doubtful {
		return 0, false
	}
	return size, true
}

// stackParts returns the made-up parts of a stack's name: the UUID of a stack of a
// StackSet, as far as it was not cut, Amplify's time of day, and the suffix of a nested
// stack.
func stackParts(stack string, cut bool) (parts []equivalency.Span) {
	if strings.HasPrefix(stack, "StackSet-") {
		// Less than the first eight digits might be a year, or a word.
		if id, ok := toolname.StackSet.Drawn(toolname.Role, stack); ok && (cut || id.To-id.From >= 8) {
			return []equivalency.Span{equivalency.Span(id)}
		}
	}
	at := 0
	for i, part := range strings.Split(stack, "-") {
		if i > 1 && (nested(part) || len(part) == 6 && only(part, digits) && plausibleClock(part) && strings.HasPrefix(stack, "amplify-")) {
			parts = append(parts, equivalency.Span{From: at, To: at + len(part)})
		}
		at += len(part) + 1
	}
	return parts
}

// nested reports whether a part of a stack's name is the suffix of a nested stack.
func nested(part string) bool {
	return (len(part) == 12 || len(part) == 13 && strings.ToUpper(part) == part) && only(part, alnum) && drawn(part, 62, cloudFormationPair) > 0
}
