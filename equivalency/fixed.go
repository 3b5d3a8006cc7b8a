package equivalency

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// Service is Principal for a principal of the type Service. A dictionary does
// not know it: rules for principals hold.
const Service Field = "service"

// Span is a stretch of a text, in bytes.
type Span struct{ From, To int }

// Fixed are the parts of a text that no dictionary may change: they are no
// names that somebody chose, but part of the syntax. Names, paths, tags and
// descriptions have none.
type Fixed struct {
	// Head is the end of an ARN's beginning, arn:PARTITION:SERVICE:, or 0.
	Head int
	// Parts are policy variables, ${...} (IAM User Guide, "IAM policy
	// elements: Variables and tags"), and of the host name of an AWS service
	// its first label and its domain.
	Parts []Span
}

// FixedIn returns the fixed parts of text, variables first. A condition is
// one value, not the JSON.
func FixedIn(field Field, text string) Fixed {
	var f Fixed
	switch field {
	case ARN, Principal, Service, Condition:
	default:
		return f
	}
	f.Head = headOfARN(text)
	for at := 0; ; {
		i, j, ok := policy.NextVariable(text[at:])
		if !ok {
			return f.host(field, text)
		}
		f.Parts = append(f.Parts, Span{at + i, at + j})
		at += j
	}
}

// headOfARN returns the end of arn:PARTITION:SERVICE:, 0 in a text that is no
// ARN. An ARN that ends earlier is all head.
func headOfARN(text string) int {
	if !strings.HasPrefix(text, "arn:") {
		return 0
	}
	end := 0
	for range 3 {
		i := strings.IndexByte(text[end:], ':')
		if i < 0 {
			return len(text)
		}
		end += i + 1
	}
	return end
}

// NamesResource reports whether value is an ARN down to its resource. It
// leaves no doubt which service it means, and is rewritten as a whole.
func NamesResource(value string) bool {
	return strings.HasPrefix(value, "arn:") && strings.Count(value, ":") >= 5 && !strings.HasSuffix(value, ":")
}

// domains are those of AWS's partitions, as AWS's SDKs list them.
var domains = []string{
	".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu",
	".c2s.ic.gov", ".sc2s.sgov.gov", ".cloud.adc-e.uk", ".csp.hci.ic.gov",
}

// host adds the parts of a service's host name, such as those around the
// region in logs.eu-west-1.amazonaws.com. A text of the field Service is one
// whatever its domain; any other is one by its domain.
func (f Fixed) host(field Field, text string) Fixed {
	domain := len(text)
	for _, d := range domains {
		if at := len(text) - len(d); at >= 0 && strings.EqualFold(text[at:], d) {
			domain = at
			f.Parts = append(f.Parts, Span{at, len(text)})
			break
		}
	}
	if field != Service && domain == len(text) {
		return f
	}
	// With its dot, so that the label stays the first one.
	label := strings.IndexByte(text, '.') + 1
	if label == 0 {
		label = len(text)
	}
	if field == Service || strings.IndexFunc(text[:label], notInHost) < 0 {
		f.Parts = append(f.Parts, Span{0, label})
	}
	return f
}

func notInHost(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-_.*?", r)
}

// Blocks reports whether rewriting text[from:to] would change a fixed part.
// resource is NamesResource(text[from:to]).
func (f *Fixed) Blocks(from, to int, resource bool) bool {
	if from < f.Head && (from > 0 || !resource) {
		return true
	}
	return slices.ContainsFunc(f.Parts, func(x Span) bool { return x.From < to && from < x.To })
}
