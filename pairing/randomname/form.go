package randomname

import (
	"math"
	"strings"

	"iamctl/equivalency"
)

// Kind is the kind of entity that has a name, as ARNs spell it.
type Kind = equivalency.EntityKind

// Form is how a tool made a name.
type Form struct {
	// Tool says whose the made-up part is, such as "CloudFormation's".
	Tool string
	// Parts are the made-up parts of the name, ascending.
	Parts []equivalency.Span
	// Wider are Parts with more that the tool may have made up, such as the CDK's
	// hash before CloudFormation's suffix; nil where there is no more.
	Wider []equivalency.Span
	// Evidence is how many bits speak for the tool, less half of what it takes for
	// a pair. It is negative where the made-up part looks more like a word.
	Evidence float64
	// Cut reports whether the name is as long as IAM allows, so that the tool may
	// have cut its parts short.
	Cut bool
	// Between reports whether the names are of one entity between two accounts
	// alone: within an account the parts tell things apart that are there together.
	Between bool
	// drawn is what Evidence is about.
	drawn sample
}

// certain is the evidence of a frame that nobody writes by hand.
const certain = 100

// doubtful is the evidence below which a part is a word, and the name one that
// somebody gave.
const doubtful = -12

// Of returns the form of the name of an entity of a kind and path; ok is false for a
// name that no tool made.
func Of(kind Kind, name, path string) (f Form, ok bool) {
	for _, of := range forms {
		if f, ok := of(kind, name, path); ok {
			return f, f.Evidence > doubtful
		}
	}
	return Form{}, false
}

// Same reports whether two names with one stem are names of one entity: a tool made
// up both, each by itself.
func Same(a, b Form) bool {
	if a.Tool != b.Tool {
		return false
	}
	// However little a name reads like words, somebody may have given it: what two have
	// in common weighs more than that.
	return min(a.Evidence, arbitrary)+min(b.Evidence, arbitrary) >= alikeBits(a.drawn, b.drawn)
}

// arbitrary is the evidence of a text which is none of anybody's words, as far as two
// texts can make up for it.
const arbitrary = 9

// Alone reports whether a name by itself shows that a tool made it.
func (f *Form) Alone() bool { return f.Evidence >= 10 }

// forms are tried in this order.
var forms = []func(kind Kind, name, path string) (Form, bool){
	identityCenter, terraform, amplify, sageMaker, uuid, bootstrap, quickSetup, console, cloudFormation, pulumi,
}

// draw sets the evidence that a text was drawn at random from an alphabet of the size,
// or from capitals and digits alone if it has no others; pair is how many bits the
// evidence of two must reach.
func (f *Form) draw(text string, alphabet int, pair float64) {
	spelled := wordBits
	switch {
	case alphabet == 16:
		text, spelled = strings.ToLower(text), hexBits
	case alphabet == 62 && strings.ToUpper(text) == text:
		// CloudFormation drew from these alone in former times.
		alphabet = 36
	}
	f.drawn = sample{text, alphabet}
	f.Evidence = spelled(text) - float64(len(text))*math.Log2(float64(alphabet)) - pair/2
}

// drawn returns the evidence that a text was drawn, as Form.draw sets it.
func drawn(text string, alphabet int, pair float64) float64 {
	var f Form
	f.draw(text, alphabet, pair)
	return f.Evidence
}

// last returns the span of the last n bytes of a name.
func last(name string, n int) []equivalency.Span {
	return []equivalency.Span{{From: len(name) - n, To: len(name)}}
}

// only reports whether a text consists of the characters of a set.
func only(text, set string) bool { return strings.Trim(text, set) == "" }

const (
	digits     = "0123456789"
	hexDigits  = digits + "abcdef"
	upperHex   = digits + "ABCDEF"
	smalls     = "abcdefghijklmnopqrstuvwxyz"
	capitals   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	smallAlnum = smalls + digits
	alnum      = smalls + capitals + digits
)
