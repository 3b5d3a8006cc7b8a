package suggest

import (
	"regexp"
	"strings"
)

// identifiers are what AWS calls things that it numbers itself, each account's
// being others: KMS keys and identity pools by UUIDs; VPC endpoints and the like
// by vpce- and 8 or 17 hex digits (EC2 User Guide, "Resource IDs"); organisations
// by o-, roots by r-, units by ou-; EKS issuers and Identity Center's providers by
// 16 or 32 hex digits; CloudFront distributions and Route 53 zones by capitals and
// digits.
var identifiers = []*regexp.Regexp{
	hex,
	regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`),
	regexp.MustCompile(`^[a-z]{1,8}-([0-9a-f]{8}|[0-9a-f]{17}|[0-9a-f]{32})$`),
	regexp.MustCompile(`^(o|d|ssoins)-[0-9a-z]{10,32}$`),
	regexp.MustCompile(`^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$`),
	regexp.MustCompile(`^[0-9A-Z]{12,32}$`),
	regexp.MustCompile(`^[0-9a-z]{10}$`),
}

// hex is long enough to need no other sign of being a number.
var hex = regexp.MustCompile(`^([0-9a-f]{12,64}|[0-9A-F]{12,64})$`)

// shortest is the length in bytes that an identifier has at least.
const shortest = 10

// maxPieces is how many words an identifier has at most.
const maxPieces = 5

// identifier returns the end of an identifier that begins at token i, 0 if there
// is none.
func (s *search) identifier(tokens []uint32, i int) int {
	if i > 0 && !s.words.divides(tokens[i-1]) {
		return 0
	}
	end, best, size := i, 0, 0
	for n := range maxPieces {
		if n > 0 {
			if end >= len(tokens) || !s.words.is(tokens[end], "-") {
				break
			}
			end++
			size++
		}
		start := end
		for end < len(tokens) && s.wordly(tokens[end]) {
			size += len(s.words.tokens[tokens[end]].text)
			end++
		}
		if end == start {
			break
		}
		if size >= shortest && looksNumbered(s.words.spell(tokens[i:end])) {
			best = end
		}
	}
	return best
}

// identifiersIn returns the identifiers of a text as it is now.
func (s *search) identifiersIn(t *text) []span {
	if t.sought {
		return t.numbers
	}
	t.numbers, t.sought = t.numbers[:0], true
	for i := 0; i < len(t.now); {
		end := s.region(t.now, i)
		if end == 0 && s.words.tokens[t.now[i]].kind != divider {
			if end = s.identifier(t.now, i); end > 0 {
				t.numbers = append(t.numbers, span{i, end})
			}
		}
		i = max(end, i+1)
	}
	return t.numbers
}

// wordly reports whether a token is part of a word that is no placeholder.
func (s *search) wordly(id uint32) bool {
	k := s.words.tokens[id].kind
	return k != divider && k != opaque
}

// looksNumbered reports whether a text has the form of an identifier, and both
// digits and letters after what says its kind.
func looksNumbered(text string) bool {
	if len(text) < shortest {
		return false
	}
	body := text[strings.IndexByte(text, '-')+1:]
	if !strings.ContainsAny(body, "0123456789") || strings.Trim(body, "0123456789-") == "" || turns(body) < 2 && !hex.MatchString(text) {
		return false
	}
	for _, form := range identifiers {
		if form.MatchString(text) {
			return true
		}
	}
	return false
}

// turns returns how often a text turns from digits to others and back: names that
// people choose end in a number at most.
func turns(text string) int {
	n := 0
	for i := 1; i < len(text); i++ {
		if isDigit(text[i]) != isDigit(text[i-1]) {
			n++
		}
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
