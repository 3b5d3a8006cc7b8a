package suggest

import (
	"slices"

	"iamctl/equivalency"
)

// unit is what may differ in a text: a word, a number, an account's id, a
// region, or a placeholder.
type unit struct {
	from, to int // tokens
	region   bool
	// identifier units are numbers that AWS made.
	identifier bool
	// fixed units are types of resources, which do not differ by account.
	fixed bool
	// descriptive is true if texts that have the unit in common are about the
	// same thing.
	descriptive bool
	// joined is true if nothing but - _ . is between the unit before and this
	// one, adjacent if nothing at all is.
	joined, adjacent bool
}

// units returns the units of a text as it is now.
func (s *search) units(dst []unit, t *text) []unit {
	tokens, numbers := t.now, s.identifiersIn(t)
	arn := s.arn(tokens)
	for i := 0; i < len(tokens); {
		u := unit{from: i, to: i + 1}
		if end := s.region(tokens, i); end > 0 {
			u.to, u.region = end, true
		} else if s.words.tokens[tokens[i]].kind == divider {
			i++
			continue
		} else if len(numbers) > 0 && numbers[0].from == i {
			u.to, u.identifier = numbers[0].to, true
			numbers = numbers[1:]
		}
		u.fixed = !u.region && i >= arn.resource && i < arn.named
		u.descriptive = !u.fixed && !u.region && !u.identifier && s.words.tokens[tokens[i]].kind != opaque && i >= arn.named
		if n := len(dst); n > 0 {
			gap := tokens[dst[n-1].to:i]
			u.adjacent = len(gap) == 0
			u.joined = !slices.ContainsFunc(gap, func(id uint32) bool { return !s.joins(id) })
		}
		dst = append(dst, u)
		i = u.to
	}
	return dst
}

func (s *search) joins(id uint32) bool {
	switch s.words.tokens[id].text {
	case "-", "_", ".":
		return true
	}
	return false
}

// arnParts says where in arn:partition:service:region:account:resource the
// resource begins, and where its name does, after its type, as token numbers.
// Both are 0 in a text that is not an ARN.
type arnParts struct{ resource, named int }

// arn finds the parts of an ARN (IAM User Guide, "Amazon Resource Names").
// What is before the first / or : of the resource is its type, but in S3,
// where it is the bucket.
func (s *search) arn(tokens []uint32) arnParts {
	if len(tokens) < 2 || !s.words.is(tokens[0], "arn") {
		return arnParts{}
	}
	var starts [5]int
	n := 0
	for i := 0; i < len(tokens) && n < len(starts); i++ {
		if s.words.is(tokens[i], ":") {
			starts[n] = i + 1
			n++
		}
	}
	if n < len(starts) {
		return arnParts{}
	}
	a := arnParts{resource: starts[4], named: starts[4]}
	resource := tokens[a.resource:]
	if s.words.spell(tokens[starts[1]:starts[2]-1]) == "s3" {
		return a
	}
	if len(resource) == 1 && s.words.is(resource[0], "root") {
		a.named = len(tokens)
	}
	for i, id := range resource {
		if s.words.is(id, "/") || s.words.is(id, ":") {
			a.named = a.resource + i + 1
			break
		}
	}
	return a
}

// directions are the words of which every region's name has one ("AWS
// Regions", AWS Regions and Availability Zones User Guide).
var directions = []string{
	"north", "south", "east", "west", "central", "northeast", "northwest", "southeast", "southwest",
}

// region returns the end of a region's name that begins at token i, 0 if there
// is none: eu-west-1, us-gov-east-1.
func (s *search) region(tokens []uint32, i int) int {
	if len(s.words.tokens[tokens[i]].text) != 2 || s.words.tokens[tokens[i]].kind != word {
		return 0
	}
	for _, words := range []int{1, 2} {
		end := i + 2*words + 3
		if end > len(tokens) {
			return 0
		}
		directed := false
		for w := range words {
			if !s.words.is(tokens[i+2*w+1], "-") {
				return 0
			}
			directed = slices.Contains(directions, s.words.tokens[tokens[i+2*w+2]].text)
		}
		last := s.words.tokens[tokens[end-1]]
		if directed && s.words.is(tokens[end-2], "-") && last.kind == number && len(last.text) == 1 {
			return end
		}
	}
	return 0
}

// fieldToken returns the field's own token: names of roles are compared without regard
// to letter case.
func (s *search) fieldToken(field equivalency.Field, id uint32) uint32 {
	if field == equivalency.RoleName {
		return s.words.tokens[id].folded
	}
	return id
}
