package meaning_test

import (
	"strings"
	"testing"

	"iamctl/meaning"
	"iamctl/normalize"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

func trusting(principal string) world {
	return world{trust: `{"Effect":"Allow","Principal":{"AWS":"` + principal + `"},"Action":"sts:AssumeRole"}`}
}

func resourcesOf(account string) world {
	return world{identity: `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::common/*","Condition":{"StringEquals":{"aws:ResourceAccount":"` + account + `"}}}`}
}

// naming returns the words for what is named of another account, and the severity.
func naming(m *meaning.Meaning) (string, severity.Level) {
	worst := m.Identity
	if strings.HasPrefix(m.Trust.Kind, "names ") {
		worst = m.Trust
	}
	words, _, _ := strings.Cut(worst.Kind, ": ")
	if !strings.HasPrefix(words, "names ") {
		words = ""
	}
	return words, worst.Level
}

// Of two accounts it is said what names the other one's thing, and what is expected in its place
// if the other account has that.
func TestNamesOfTheOther(t *testing.T) {
	reads := func(resource string) string { return allow("s3:GetObject", "arn:aws:s3:::"+resource) }
	for _, tt := range []struct {
		reason  string
		dev, qa world
		want    string
		level   severity.Level
	}{
		{"in place of its own", world{identity: reads("app-dev/*")}, world{identity: reads("app-dev/*")}, "names dev's arn:aws:s3:::app-dev/*, expected arn:aws:s3:::app-qa/*", severity.High},
		{"besides its own", world{identity: reads("app-dev/*")}, world{identity: reads("app-qa/*") + "," + reads("app-dev/*")}, "names dev's arn:aws:s3:::app-dev/*, expected arn:aws:s3:::app-qa/*", severity.High},
		{"which the other has under another bucket", world{identity: reads("app-dev/in/*")}, world{identity: reads("app-dev/*")}, "names dev's arn:aws:s3:::app-dev/*", severity.High},
		{"where the other has nothing", world{identity: allow("s3:PutObject", "arn:aws:s3:::all/*")}, world{identity: allow("s3:PutObject", "arn:aws:s3:::all/*") + "," + reads("app-dev/*")}, "names dev's arn:aws:s3:::app-dev/*", severity.High},
		{"the first account does", world{identity: reads("app-qa/*")}, world{identity: reads("app-qa/*")}, "names qa's arn:aws:s3:::app-qa/*, expected arn:aws:s3:::app-dev/*", severity.High},
		{"neither's", world{identity: reads("app-dev/*")}, world{identity: reads("app-uat/*")}, "", severity.Low},
		{"an account in place of its own", trusting(ids[0]), trusting(ids[0]), "names dev's arn:aws:iam::" + ids[0] + ":root, expected arn:aws:iam::" + ids[1] + ":root", severity.Critical},
		{"an account in a condition", resourcesOf(ids[0]), resourcesOf(ids[0]), "names dev's " + ids[0] + ", expected " + ids[1], severity.High},
		{"an account in a condition in place of a third one", resourcesOf("444444444444"), resourcesOf(ids[0]), "names dev's " + ids[0], severity.High},
		{"an account in place of a third one", trusting("444444444444"), trusting(ids[0]), "names dev's arn:aws:iam::" + ids[0] + ":root", severity.Critical},
	} {
		m := meant(t, tt.dev, tt.qa)
		words, level := naming(m)
		if words != tt.want || level != tt.level || m.Identity.Verdict == verdict.Unknown {
			t.Errorf("%s: %s %q, want %s %q", tt.reason, level, words, tt.level, tt.want)
		}
	}
}

// Of many accounts the first stands for most, and it is said of the second alone whose things it
// names, whoever's they are, where most do not.
func TestNamesAmongMany(t *testing.T) {
	whose := func(_ int, _ normalize.Field, text string) []normalize.Named {
		if !strings.Contains(text, "uat") {
			return nil
		}
		return []normalize.Named{{Value: "uat", Owner: "test-account", Expected: strings.Replace(text, "uat", "qa", 1)}}
	}
	reads := func(resources ...string) world {
		var list []string
		for _, r := range resources {
			list = append(list, allow("s3:GetObject", "arn:aws:s3:::"+r))
		}
		return world{identity: strings.Join(list, ",")}
	}
	for _, tt := range []struct {
		reason  string
		dev, qa world
		want    string
	}{
		{"a third one's in place of its own", reads("app-dev/*"), reads("app-uat/*"), "names test-account's arn:aws:s3:::app-uat/*, expected arn:aws:s3:::app-qa/*"},
		{"a third one's", reads("all/*"), reads("all/*", "app-uat/*"), "names test-account's arn:aws:s3:::app-uat/*"},
		{"the first one's, of which nobody said so", reads("app-dev/*"), reads("app-dev/*"), ""},
		{"most name it too, elsewhere", reads("app-uat/in/*"), reads("app-uat/*"), ""},
		{"most name it, and the second does not", reads("app-uat/*"), reads("all/*"), ""},
	} {
		c := changes(t, words, tt.dev, tt.qa)
		j := meaning.NewJudge(c, nil)
		j.Among(whose)
		if got, level := naming(j.Pair(&c.Common[0])); got != tt.want || (level == severity.High) != (tt.want != "") {
			t.Errorf("%s: %s %q, want %q", tt.reason, level, got, tt.want)
		}
	}
}
