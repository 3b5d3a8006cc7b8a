package equivalency_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"iamctl/equivalency"
)

func TestScopedForAccounts(t *testing.T) {
	d := equivalency.Scoped([]equivalency.Identity{dev, qa, {Source: "no-id"}, dev, {}})
	d.Comment = nil
	want := `{
  "version": 2,
  "equivalencies": [
    {
      "placeholder": "accountname",
      "values": {
        "dev": "dev",
        "qa": "qa",
        "no-id": "no-id"
      }
    },
    {
      "placeholder": "000000000000",
      "values": {
        "dev": "123456789012",
        "qa": "987654321098"
      }
    }
  ],
  "shared": []
}
`
	if diff := cmp.Diff(want, string(d.Marshal())); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestScopedIsAlwaysSound(t *testing.T) {
	for _, names := range [][2]string{
		{"accountname", "ACCOUNTNAME"}, {"000000000000", "dev"}, {"<account>", "account"}, {"a", "a-a"},
	} {
		for _, ids := range [][2]string{{devID, qaID}, {"000000000000", "999999999999"}, {"", qaID}, {devID, devID}} {
			a := equivalency.Identity{Tag: names[0], ID: ids[0]}
			b := equivalency.Identity{Tag: names[1], ID: ids[1]}
			d := equivalency.Scoped([]equivalency.Identity{a, b})
			if _, err := equivalency.Parse("d.json", d.Marshal()); err != nil {
				t.Errorf("%v %v: %v", names, ids, err)
			}
			if _, err := d.Rules(a, b); err != nil {
				t.Errorf("%v %v: %v", names, ids, err)
			}
			// One account's tag and id may be the same text, and then one
			// entry is enough.
			if len(d.Entries) != 2 && names[0] != ids[0] {
				t.Errorf("%v %v: %d entries", names, ids, len(d.Entries))
			}
		}
	}
}

func TestDistinct(t *testing.T) {
	for _, tt := range []struct {
		reason   string
		accounts []equivalency.Identity
		want     []string // one line each
	}{
		{"two accounts", []equivalency.Identity{dev, qa}, nil},
		{"accounts that do not tell their ids", []equivalency.Identity{{Tag: "a"}, {Tag: "b"}}, nil},
		{
			"two profiles of one account",
			[]equivalency.Identity{dev, qa, {Source: "old-dev", ID: devID}},
			[]string{`"dev" and "old-dev" are the same account, 123456789012: `},
		},
		{
			"every one too many",
			[]equivalency.Identity{dev, {Tag: "x", ID: devID}, qa, {Tag: "y", ID: devID}, {Tag: "z", ID: qaID}},
			[]string{`"dev" and "x" are`, `"dev" and "y" are`, `"qa" and "z" are the same account, 987654321098`},
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			err := equivalency.Distinct(tt.accounts)
			if len(tt.want) == 0 {
				if err != nil {
					t.Errorf("got %v", err)
				}
				return
			}
			if err == nil {
				t.Fatal("no error")
			}
			lines := strings.Split(err.Error(), "\n")
			if len(lines) != len(tt.want) {
				t.Fatalf("got %v", err)
			}
			for i, want := range tt.want {
				if !strings.HasPrefix(lines[i], want) {
					t.Errorf("got %s, want %s", lines[i], want)
				}
			}
		})
	}
}

func TestMarshalAndParse(t *testing.T) {
	text := rapid.OneOf(rapid.StringMatching(`[a-cA-C0-2 _\-"\\<é]{1,6}`), rapid.StringN(1, 5, -1))
	rapid.Check(t, func(t *rapid.T) {
		d := &equivalency.Dictionary{
			Form:    equivalency.Form(rapid.IntRange(0, 1).Draw(t, "form")),
			Schema:  rapid.SampledFrom([]string{"", "x.json"}).Draw(t, "schema"),
			Comment: rapid.SliceOfN(rapid.String(), 0, 2).Draw(t, "comment"),
		}
		for range rapid.IntRange(0, 3).Draw(t, "entries") {
			e := equivalency.Entry{Placeholder: "<" + text.Draw(t, "placeholder") + ">"}
			accounts := []string{""}
			if d.Form == equivalency.FormScoped {
				accounts = []string{"dev", "qa"}
				e.Substring = rapid.Bool().Draw(t, "substring")
				e.Fields = rapid.SampledFrom([][]equivalency.Field{nil, {"arn"}, {"tag", "path"}}).Draw(t, "fields")
			}
			for _, a := range accounts {
				for _, v := range rapid.SliceOfNDistinct(text, 1, 2, rapid.ID).Draw(t, "values") {
					e.Values = append(e.Values, equivalency.Value{Account: a, Text: v})
				}
			}
			d.Entries = append(d.Entries, e)
		}
		if d.Form == equivalency.FormScoped {
			d.Shared = rapid.SliceOfN(text, 0, 2).Draw(t, "shared")
		}
		if d.Check() != nil {
			return
		}
		got, err := equivalency.Parse("d.json", d.Marshal())
		if err != nil {
			t.Fatalf("%s\n%v", d.Marshal(), err)
		}
		if diff := cmp.Diff(d, got, cmpopts.IgnoreTypes(equivalency.Position{}), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("-written +read:\n%s", diff)
		}
	})
}
