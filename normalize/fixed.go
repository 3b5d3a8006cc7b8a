package normalize

import "strings"

// fieldService is FieldPrincipal for a principal of the type Service.
const fieldService Field = "service"

// fixedFields are those whose texts are part of the policy language.
var fixedFields = bit(FieldARN) | bit(FieldPrincipal) | bit(FieldCondition)

// part is a stretch of a text.
type part struct{ from, to int }

// fixed are the parts of a text that no dictionary may change: they are not
// names that somebody gave, but say what a text is.
type fixed struct {
	// head is the end of an ARN's beginning, arn:PARTITION:SERVICE:, or 0.
	head int
	// parts are policy variables, ${...} (IAM User Guide, "IAM policy
	// elements: Variables and tags"), and of the host name of an AWS service
	// its first label and its domain.
	parts []part
}

// fixedIn finds the parts, in order of their kinds. What stands before and
// behind them may change without changing them.
func fixedIn(field Field, text string) fixed {
	var f fixed
	if bit(field)&fixedFields == 0 {
		return f
	}
	f.head = headOfARN(text)
	for from := 0; ; {
		i := strings.Index(text[from:], "${")
		if i < 0 {
			break
		}
		end := strings.IndexByte(text[from+i:], '}')
		if end < 0 {
			break
		}
		f.parts = append(f.parts, part{from + i, from + i + end + 1})
		from += i + end + 1
	}
	return f.host(field, text)
}

// headOfARN is the end of arn:PARTITION:SERVICE:, 0 in a text that is no ARN.
// One that ends earlier is all head.
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

// namesResource tells whether a value is an ARN down to its resource. It
// leaves no doubt which service it means, and is rewritten as a whole.
func namesResource(value string) bool {
	return strings.HasPrefix(value, "arn:") && strings.Count(value, ":") >= 5 && !strings.HasSuffix(value, ":")
}

// domains are those of AWS's partitions, as AWS's SDKs list them.
var domains = []string{
	".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu",
	".c2s.ic.gov", ".sc2s.sgov.gov", ".cloud.adc-e.uk", ".csp.hci.ic.gov",
}

// host adds the parts of a service's host name, such as those around the
// region in logs.eu-west-1.amazonaws.com. A text of the type Service is one
// whatever its domain; any other is one by its domain.
func (f fixed) host(field Field, text string) fixed {
	domain := len(text)
	for _, d := range domains {
		if at := len(text) - len(d); at >= 0 && strings.EqualFold(text[at:], d) {
			domain = at
			f.parts = append(f.parts, part{at, len(text)})
			break
		}
	}
	if field != fieldService && domain == len(text) {
		return f
	}
	// With its dot, so that the label stays the first one.
	label := strings.IndexByte(text, '.') + 1
	if label == 0 {
		label = len(text)
	}
	if field == fieldService || strings.IndexFunc(text[:label], notInHost) < 0 {
		f.parts = append(f.parts, part{0, label})
	}
	return f
}

func notInHost(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-_.*?", r)
}

// blocks tells whether a match of p at byte i would change a fixed part.
func (f *fixed) blocks(i int, p *pattern) bool {
	if i < f.head && (i > 0 || !p.resource) {
		return true
	}
	for _, x := range f.parts {
		if x.from < i+len(p.text) && i < x.to {
			return true
		}
	}
	return false
}
