package madenames

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
)

// suffix makes STACK-LOGICALID-SUFFIX, cut to fit.
func suffix(alphabet string, n, limit int) func(*rand.Rand, stem) string {
	return func(r *rand.Rand, s stem) string {
		name := s.name()
		return name[:min(len(name), limit-n-1)] + "-" + draw(r, alphabet, n)
	}
}

func nearSuffix(n int) func(*rand.Rand, stem) string {
	return func(r *rand.Rand, s stem) string { return s.name() + "-" + spell(r, n, anyStyle(r)) }
}

func console(prefix string, n int) func(*rand.Rand, stem) string {
	return func(r *rand.Rand, s stem) string { return prefix + s.name() + "-role-" + draw(r, small, n) }
}

func nearConsole(prefix string, n int) func(*rand.Rand, stem) string {
	return func(r *rand.Rand, s stem) string { return prefix + s.name() + "-role-" + spell(r, n, 2) }
}

// hashOf returns eight hex digits in capitals, the same for one stem.
func hashOf(s stem) string {
	h := fnv.New32a()
	h.Write([]byte(s.name()))
	return fmt.Sprintf("%08X", h.Sum32())
}

// qualifier returns nine letters and digits, the same for one stem.
func qualifier(s stem) string {
	number := strings.TrimLeft(s.stack, "abcdefghijklmnopqrstuvwxyz-")
	return ("q" + number + "zzzzzzzzz")[:9]
}

var regions = []string{
	"eu-west-1", "eu-central-1", "us-east-1", "us-east-2", "us-west-2", "ap-southeast-2", "ap-northeast-1", "us-gov-west-1", "ca-central-1", "me-south-1",
}

// anyStyle returns one of the ways in which words are written.
func anyStyle(r *rand.Rand) int { return r.IntN(3) }

// spell returns n letters and digits as people write them: words, numbers and years,
// in capitals (0), with one capital each (1), or in small letters (2).
func spell(r *rand.Rand, n, style int) string {
	var b strings.Builder
	for b.Len() < n {
		left := n - b.Len()
		list := fitting(words, left)
		if r.IntN(3) == 0 {
			list = fitting(jargon, left)
		}
		if len(list) == 0 || b.Len() > 0 && left <= 4 && r.IntN(2) == 0 {
			b.WriteString(number(r, left))
			continue
		}
		w := pick(r, list)
		if b.Len() > 0 && r.IntN(4) == 0 {
			w = number(r, min(left, 1+r.IntN(4)))
		}
		switch style {
		case 0:
			w = strings.ToUpper(w)
		case 1:
			w = title(w)
		}
		b.WriteString(w)
	}
	return b.String()
}

// sibling returns a name that differs from another in its last word or number, as the
// names of two teams, versions or tickets do. The first keep bytes stay.
func sibling(r *rand.Rand, name string, keep int) string {
	end := len(strings.TrimSuffix(name, "-authRole"))
	from := end - 1
	digit := func(i int) bool { return '0' <= name[i] && name[i] <= '9' }
	for from-1 > keep && name[from-1] != '-' && digit(from-1) == digit(from) && end-from < 5 {
		from--
	}
	if !digit(from) {
		words := slices.Concat(words, jargon, hexWords)
		words = slices.DeleteFunc(words, func(w string) bool { return len(w) != end-from })
		if len(words) > 0 {
			return name[:from] + pick(r, words) + name[end:]
		}
		from = end - 1
	}
	return name[:from] + draw(r, digits, end-from) + name[end:]
}

// number returns a number of n digits: a serial number or, where it fits, a year.
func number(r *rand.Rand, n int) string {
	switch {
	case n == 4 && r.IntN(2) == 0:
		return fmt.Sprint(2000 + r.IntN(30))
	case r.IntN(2) == 0:
		return fmt.Sprintf("%0*d", n, r.IntN(100))[:n]
	}
	return draw(r, digits, n)
}

// spellHex returns n hex digits as people write them: words of such digits with
// numbers, serial numbers, dates.
func spellHex(r *rand.Rand, n int) string {
	switch r.IntN(4) {
	case 0:
		return fmt.Sprintf("%0*d", n, r.IntN(100000))
	case 1:
		return draw(r, digits, n)
	}
	text := ""
	for len(text) < n {
		list := fitting(hexWords, n-len(text))
		if len(list) == 0 || text != "" && r.IntN(3) == 0 {
			text += number(r, n-len(text))
			break
		}
		text += pick(r, list)
	}
	return text
}

// nearTerraform returns a name that ends in 26 digits of which the first are no time:
// a number, a date that no calendar has, too few digits, or others than hex digits.
func nearTerraform(r *rand.Rand, s stem) string {
	date, clock := stamp(r)
	tail := []string{
		"9" + draw(r, digits, 25),
		date[:4] + "19" + date[6:] + clock + draw(r, digits, 12),
		date + "29" + clock[2:] + draw(r, digits, 12),
		date + clock,
		date + clock + draw(r, digits, 4) + spell(r, 8, 2)[:7] + "s",
		date,
	}
	return s.name() + "-" + pick(r, tail)
}

// nearUUID returns what is no UUID, or one of words.
func nearUUID(r *rand.Rand) string {
	word := func(n int) string {
		for {
			if text := pick(r, hexWords) + pick(r, hexWords) + pick(r, hexWords) + pick(r, hexWords); len(text) >= n {
				return text[:n]
			}
		}
	}
	return pick(r, []string{
		spell(r, 8, 2) + "-" + spell(r, 4, 2) + "-" + spell(r, 4, 2),
		word(8) + "-" + word(4) + "-" + word(4) + "-" + word(4) + "-" + word(12),
		draw(r, digits, 12),
	})
}
