package policy

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		pattern, s string
		want       bool
		reason     string
	}{
		{"", "", true, "nothing is nothing"},
		{"", "a", false, "nothing matches no more than nothing"},
		{"*", "", true, "a star may be empty"},
		{"*", "s3:Get/a:b", true, "a star crosses slashes and colons"},
		{"?", "", false, "a question mark is exactly one character"},
		{"?", "é", true, "characters are runes, not bytes"},
		{"??", "é", false, "a rune of two bytes is one character"},
		{"?", "\xff", true, "a byte that is no UTF-8 is a character"},
		{"\xc3*", "é", false, "half a rune is not the rune"},
		{"s3:Get*", "s3:GetObject", true, "prefix"},
		{"s3:Get*", "s3:getObject", false, "letter case counts"},
		{"*Object", "s3:GetObjectObject", true, "the last fit counts at the end"},
		{"*a*b", "aabab", true, "backtracking"},
		{"*a?b", "ab", false, "each question mark needs its own character"},
		{"a.c", "abc", false, "only * and ? are special"},
		{"a[b]c", "a[b]c", true, "brackets are literal"},
		{`a\*c`, `a\xc`, true, "a backslash escapes nothing"},
		{"a", "a?", false, "a question mark in the text is a character"},
		{"a**", "a", true, "many stars are one"},
	} {
		if got := Match(tt.pattern, tt.s); got != tt.want {
			t.Errorf("Match(%q, %q) = %v: %s", tt.pattern, tt.s, got, tt.reason)
		}
	}
	if !MatchFold("S3:get*", "s3:GETObject") {
		t.Error("MatchFold regards letter case")
	}
	if MatchFold("k", "\u212a") {
		t.Error("MatchFold folds more than ASCII: the Kelvin sign is no k")
	}
}

func TestIntersects(t *testing.T) {
	for _, tt := range []struct {
		p, q   string
		want   bool
		reason string
	}{
		{"a*", "*b", true, "ab"},
		{"a*", "b*", false, "they begin differently"},
		{"*a", "*b", false, "they end differently"},
		{"*a*", "b*c", true, "bac"},
		{"a?c", "ab?", true, "abc"},
		{"a?c", "a*d", false, "the end differs"},
		{"ab", "a*b*", true, "empty stars"},
		{"a*a", "a", false, "one a is not two"},
		{"*?", "", false, "a question mark needs a character"},
		{"**", "", true, "stars need none"},
		{"x*y*z", "x?z", true, "xyz"},
		{"x*y*z", "xz", false, "no y"},
		{"arn:aws:s3:::*/*", "arn:aws:s3:::app?", true, "the question mark may be the slash"},
		{"?é", "é?", true, "runes of two bytes"},
	} {
		if got := Intersects(tt.p, tt.q); got != tt.want {
			t.Errorf("Intersects(%q, %q) = %v: %s", tt.p, tt.q, got, tt.reason)
		}
		if got := Intersects(tt.q, tt.p); got != tt.want {
			t.Errorf("Intersects(%q, %q) = %v: %s", tt.q, tt.p, got, tt.reason)
		}
	}
}

func TestCovers(t *testing.T) {
	for _, tt := range []struct {
		p, q   string
		want   bool
		reason string
	}{
		{"*", "a*b?", true, "everything"},
		{"a*", "ab*", true, "longer prefix"},
		{"ab*", "a*", false, "shorter prefix"},
		{"a*", "a", true, "empty star"},
		{"a?", "a*", false, "a star is not one character"},
		{"a*", "a?", true, "a star takes one character"},
		{"?*", "*a", true, "whatever ends in a has a character"},
		{"?*", "*", false, "the empty string"},
		{"*a*", "*a", true, "an end is a middle"},
		{"a*b*c", "a*bb*c", true, "the second b is under the star"},
		{"a*b", "a*b*", false, "q may go on"},
		{"a?c", "abc", true, "literal under a question mark"},
		{"abc", "a?c", false, "a question mark is more than b"},
		{"*?a", "?*a", true, "the same in another order"},
		{"??*", "?*?", true, "the same in another order"},
	} {
		if got := Covers(tt.p, tt.q); got != tt.want {
			t.Errorf("Covers(%q, %q) = %v: %s", tt.p, tt.q, got, tt.reason)
		}
	}
}

func TestCoversResource(t *testing.T) {
	for _, tt := range []struct {
		p, q   string
		want   bool
		reason string
	}{
		{"*", "arn:aws:s3:::b/*", true, "everything"},
		{"arn:aws:s3:::b/*", "arn:aws:s3:::b/x*", true, "longer prefix"},
		{"arn:aws:rds:*", "arn:aws:rds:eu-west-1:1:db:x", true, "a last star takes the segments that are left"},
		{"arn:aws:s3:*:*:b", "arn:aws:s3:::b", true, "empty segments"},
		{"arn:aws:s*b", "arn:aws:s3:::b", false, "a star within a segment may end with it"},
		{"arn:aws:s3:::a*b", "arn:aws:s3:::a:b", true, "the resource has colons of its own"},
		{"arn:aws?s3:::b", "arn:aws:s3:::b", false, "a question mark may not be a colon"},
		{"arn:aws:s3:::*", "arn:aws:s3:*", false, "q has fewer colons"},
		{"arn:aws:s3:::?*", "arn:aws:s3:::${aws:username}", false, "a variable may be empty"},
		{"arn:aws:s3:::*", "arn:aws:s3:::${aws:username}", false, "a variable without a value may switch off the statement"},
		{"arn:aws:s3:::${aws:username}*", "arn:aws:s3:::${aws:username}/x", true, "the same variable"},
		{"arn:aws:s3:::${a}*", "arn:aws:s3:::${b}/x", false, "another variable"},
		{"arn:aws:s3:::?{a}*", "arn:aws:s3:::${a}b", false, "a variable is no text"},
		{"arn:aws:s3:::a*", "arn:aws:s3:::a${*}", true, "a literal star is a character"},
		{"arn:aws:s3:::a${*}", "arn:aws:s3:::a*", false, "a literal star is no wildcard"},
		{"arn:aws:s3:::a${$}b", "arn:aws:s3:::a$b", true, "a literal dollar is a dollar"},
	} {
		if got := CoversResource(tt.p, tt.q); got != tt.want {
			t.Errorf("CoversResource(%q, %q) = %v: %s", tt.p, tt.q, got, tt.reason)
		}
	}
}

// TestPatternRelations checks every pair of short patterns against every short
// string of an alphabet that has a letter which no pattern has.
func TestPatternRelations(t *testing.T) {
	longest := 4
	if testing.Short() {
		longest = 3
	}
	patterns := words("ab*?", longest)
	strs := words("abx", 6)
	sets := make([]map[string]bool, len(patterns))
	for i, p := range patterns {
		sets[i] = map[string]bool{}
		re := oracle(p)
		for _, s := range strs {
			want := re.MatchString(s)
			if got := Match(p, s); got != want {
				t.Fatalf("Match(%q, %q) = %v", p, s, got)
			}
			if want {
				sets[i][s] = true
			}
		}
	}
	missed := 0
	for i, p := range patterns {
		for j, q := range patterns {
			meet, within := relation(sets[i], sets[j])
			if got := Intersects(p, q); got != meet {
				t.Fatalf("Intersects(%q, %q) = %v", p, q, got)
			}
			switch got := Covers(p, q); {
			case got && !within:
				t.Fatalf("Covers(%q, %q), but not every string", p, q)
			case !got && within:
				missed++
				t.Logf("Covers(%q, %q) could not be shown", p, q)
			}
		}
		if c := CanonicalPattern(p); Match(c, p) != true || !sameSet(sets[i], matched(c, strs)) {
			t.Fatalf("CanonicalPattern(%q) = %q matches other strings", p, c)
		} else if again := CanonicalPattern(c); again != c {
			t.Fatalf("CanonicalPattern(%q) = %q", c, again)
		}
	}
	if missed > 0 {
		t.Errorf("%d of %d coverings not found", missed, len(patterns)*len(patterns))
	}
}

func words(alphabet string, most int) []string {
	all, last := []string{""}, []string{""}
	for range most {
		var next []string
		for _, w := range last {
			for _, c := range alphabet {
				next = append(next, w+string(c))
			}
		}
		all, last = append(all, next...), next
	}
	return all
}

func matched(pattern string, strs []string) map[string]bool {
	m := map[string]bool{}
	for _, s := range strs {
		if Match(pattern, s) {
			m[s] = true
		}
	}
	return m
}

func relation(a, b map[string]bool) (meet, within bool) {
	within = true
	for s := range b {
		if a[s] {
			meet = true
		} else {
			within = false
		}
	}
	return meet, within
}

func sameSet(a, b map[string]bool) bool {
	_, within := relation(a, b)
	return within && len(a) == len(b)
}

// oracle returns the pattern as a regular expression.
func oracle(pattern string) *regexp.Regexp {
	re := regexp.QuoteMeta(pattern)
	re = strings.ReplaceAll(strings.ReplaceAll(re, `\*`, `.*`), `\?`, `.`)
	return regexp.MustCompile(`(?s)\A` + re + `\z`)
}

func FuzzMatch(f *testing.F) {
	f.Add("*a*b?c", "xaxbyc")
	f.Add("é?*", "éüx")
	f.Add("arn:aws:s3:::*", "arn:aws:s3:::b/c")
	f.Fuzz(func(t *testing.T, p, s string) {
		if !utf8.ValidString(p) || !utf8.ValidString(s) || len(p) > 500 || len(s) > 2000 {
			return
		}
		want := oracle(p).MatchString(s)
		if got := Match(p, s); got != want {
			t.Errorf("Match(%q, %q) = %v", p, s, got)
		}
		c := CanonicalPattern(p)
		if Match(c, s) != want {
			t.Errorf("CanonicalPattern(%q) = %q: not so for %q", p, c, s)
		}
		if strings.ContainsAny(s, "*?") { // two patterns, and p is as good a string as any
			if Covers(s, p) && !Intersects(s, p) {
				t.Errorf("Covers(%q, %q), but they do not meet", s, p)
			}
			return
		}
		if Intersects(p, s) != want || Intersects(s, p) != want || Covers(p, s) != want {
			t.Errorf("%q and %q: Match says %v, Intersects and Covers do not", p, s, want)
		}
	})
}

// TestHostilePatterns would not end if a pattern could make the time explode.
func TestHostilePatterns(t *testing.T) {
	p := strings.Repeat("*a", 3000) + "*b"
	s := strings.Repeat("a", 10000)
	if Match(p, s) || Intersects(p, s) || Covers(p, s) {
		t.Error("no b, no match")
	}
	q := strings.Repeat("*a?", 3000) + "c"
	if Covers(p, q) || Intersects(p, q) {
		t.Error("one ends in b, one in c")
	}
	if !Covers("*a*", q) || !Intersects(p, "b*"+p) {
		t.Error("these do")
	}
}

func TestVariablesAsPattern(t *testing.T) {
	for _, tt := range []struct{ s, want, reason string }{
		{"arn:aws:s3:::b/x", "arn:aws:s3:::b/x", "no variable"},
		{"home/${aws:username}/*", "home/*/*", "a variable is anything"},
		{"a${*}b${?}c${$}d", "a?b?c$d", "literals as far as a pattern can say"},
		{"${aws:PrincipalTag/team, 'a}b'}x", "*x", "a default may hold a brace"},
		{"${aws:PrincipalTag/team,'none'}x", "*x", "a default without blanks"},
		{"${a, 'b}x", "*x", "a quote that is not closed is part of the name"},
		{"a${b", "a${b", "not closed: text"},
		{"${}", "*", "no name: anything"},
		{"$${x}", "$*", "a dollar before"},
	} {
		if got := VariablesAsPattern(tt.s); got != tt.want {
			t.Errorf("VariablesAsPattern(%q) = %q, want %q: %s", tt.s, got, tt.want, tt.reason)
		}
	}
}

func TestARN(t *testing.T) {
	for _, tt := range []struct {
		s      string
		want   ARN
		ok     bool
		reason string
	}{
		{"arn:aws:iam::123456789012:role/a", ARN{"aws", "iam", "", "123456789012", "role/a"}, true, "a role"},
		{"arn:aws-cn:rds:x:1:db:a:b", ARN{"aws-cn", "rds", "x", "1", "db:a:b"}, true, "colons in the resource"},
		{"arn:aws:s3:::", ARN{"aws", "s3", "", "", ""}, true, "an empty resource"},
		{"arn:aws:rds:*", ARN{}, false, "too few colons"},
		{"*", ARN{}, false, "no ARN"},
		{"xarn:aws:s3:::b", ARN{}, false, "another beginning"},
	} {
		got, ok := ParseARN(tt.s)
		if got != tt.want || ok != tt.ok {
			t.Errorf("ParseARN(%q) = %+v, %v: %s", tt.s, got, ok, tt.reason)
		}
		if ok && got.String() != tt.s {
			t.Errorf("ParseARN(%q).String() = %q", tt.s, got)
		}
	}
}

func TestSplitAction(t *testing.T) {
	for _, tt := range []struct {
		pattern, service, name string
		ok                     bool
	}{
		{"s3:Get*", "s3", "Get*", true},
		{"*", "*", "*", true},
		{"*:*", "*", "*", true},
		{"nocolon", "", "nocolon", false},
		{"a:b:c", "a", "b:c", true},
		{"", "", "", false},
	} {
		service, name, ok := SplitAction(tt.pattern)
		if service != tt.service || name != tt.name || ok != tt.ok {
			t.Errorf("SplitAction(%q) = %q, %q, %v", tt.pattern, service, name, ok)
		}
	}
}

// What is escaped matches itself and nothing else.
func TestEscape(t *testing.T) {
	for _, s := range []string{"", "a", "*", "a?b", "$", "${aws:username}", "${*}", "a}$"} {
		if got := VariablesAsPattern(Escape(s)); !Match(got, s) || strings.Contains(got, "*") {
			t.Errorf("%q is escaped as %q, a pattern %q", s, Escape(s), got)
		}
	}
}
