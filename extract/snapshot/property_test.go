package snapshot

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"iamctl/extract/jsonfile"
	"iamctl/extract/jsonfile/jsonfiletest"
	"iamctl/inventory"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// accounts have text of any kind everywhere, also such as IAM does not allow.
func accounts() *rapid.Generator[*inventory.Account] {
	str := rapid.OneOf(
		rapid.SampledFrom([]string{"", "a", "../x", "con", "ü", "a\x00b", "\xff", "%41", "A", "aux.json", "\u2028\u009b"}),
		rapid.StringN(0, 5, -1),
	)
	maybe := rapid.Ptr(str, true)
	doc := rapid.Map(jsonfiletest.Documents(), func(s string) inventory.Document { return inventory.Document(s) })
	refs := rapid.SliceOfN(rapid.Map(str, func(s string) inventory.PolicyRef { return inventory.PolicyRef{Name: s, ARN: s + "!"} }), 0, 2)
	tags := rapid.SliceOfN(rapid.Map(str, func(s string) inventory.Tag { return inventory.Tag{Key: s, Value: s} }), 0, 2)
	inline := rapid.Custom(func(t *rapid.T) []inventory.InlinePolicy {
		return []inventory.InlinePolicy{{Name: str.Draw(t, "inline"), Document: doc.Draw(t, "document")}}
	})
	made := rapid.Map(rapid.Int64Range(0, 1<<32), func(s int64) time.Time { return time.Unix(s, 0).UTC() })
	versions := rapid.Custom(func(t *rapid.T) []inventory.PolicyVersion {
		all := []inventory.PolicyVersion{}
		for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"v2", "v3", "v10", "v20", "v4.a"}), 0, 4, rapid.ID[string]).Draw(t, "versions") {
			all = append(all, inventory.PolicyVersion{ID: id, Created: made.Draw(t, "made"), Document: doc.Draw(t, "document")})
		}
		return all
	})
	return rapid.Custom(func(t *rapid.T) *inventory.Account {
		a := &inventory.Account{ID: rapid.StringMatching(`([0-9]{12})?`).Draw(t, "id"), Partition: str.Draw(t, "partition"), Alias: str.Draw(t, "alias"), Notes: []string{str.Draw(t, "note")}}
		a.Gaps = []inventory.Gap{{Kind: inventory.GapRead, Entity: inventory.EntityRole, Name: str.Draw(t, "gap"), Reason: str.Draw(t, "reason"), Raw: str.Draw(t, "raw"), Blind: rapid.Bool().Draw(t, "blind")}}
		seen := map[string]bool{"": true}
		for range rapid.IntRange(0, 3).Draw(t, "roles") {
			name := str.Draw(t, "name")
			if seen[strings.ToLower(name)] {
				continue
			}
			seen[strings.ToLower(name)] = true
			r := inventory.Role{
				Name: name, ID: str.Draw(t, "id"), ARN: str.Draw(t, "arn"), Path: str.Draw(t, "path"), Description: maybe.Draw(t, "description"),
				MaxSessionDuration: rapid.Ptr(rapid.Int32(), true).Draw(t, "session"), Trust: doc.Draw(t, "trust"), Inline: inline.Draw(t, "inline"),
				Attached: refs.Draw(t, "attached"), Tags: tags.Draw(t, "tags"),
				InstanceProfiles: []inventory.InstanceProfile{{Name: name, ARN: name, Path: "/"}},
			}
			if rapid.Bool().Draw(t, "dated") {
				r.Created, a.LastUsedDay = made.Draw(t, "made"), made.Draw(t, "day").Truncate(24*time.Hour)
				r.LastUsed = &inventory.LastUse{At: made.Draw(t, "used"), Region: name}
			}
			if rapid.Bool().Draw(t, "bounded") {
				r.Boundary = &inventory.PolicyRef{Name: name, ARN: name}
			}
			a.Roles = append(a.Roles, r)
			a.Users = append(a.Users, inventory.User{Name: name, ARN: r.ARN, Path: r.Path, Inline: r.Inline, Attached: r.Attached, Boundary: r.Boundary, Groups: []string{name}, Tags: r.Tags, Created: r.Created})
			a.Groups = append(a.Groups, inventory.Group{Name: name, ARN: r.ARN, Path: r.Path, Inline: r.Inline, Attached: r.Attached, Created: r.Created})
			for _, arn := range []string{"arn:aws:iam::aws:policy/" + name, "arn:aws:iam::1:policy/" + name, "arn:aws:iam::1:policy/x/" + name} {
				a.Policies = append(a.Policies, inventory.Policy{Name: name, ARN: arn, Path: r.Path, Description: r.Description, DefaultVersion: "v1", Document: r.Trust, Tags: r.Tags, Created: r.Created, Others: rapid.OneOf(rapid.Just[[]inventory.PolicyVersion](nil), versions).Draw(t, "others")})
			}
		}
		return a
	})
}

// Whatever is in an account survives, in files that no disk takes for one.
func TestAnyAccountSurvives(t *testing.T) {
	byMeaning := cmp.Comparer(func(x, y inventory.Document) bool {
		a, _ := jsonfile.Encode(document(x))
		b, _ := jsonfile.Encode(document(y))
		return string(a) == string(b) // TestDocumentSurvives holds the rest
	})
	rapid.Check(t, func(t *rapid.T) {
		a := sorted(accounts().Draw(t, "account"))
		entries, err := layout(a)
		if err != nil {
			t.Fatal(err)
		}
		files := fstest.MapFS{}
		folded := map[string]bool{}
		for _, e := range entries {
			data, err := jsonfile.Encode(e.value())
			if err != nil {
				t.Fatal(err)
			}
			if key := strings.ToLower(e.path); folded[key] {
				t.Fatalf("%s is taken already, in some letter case", e.path)
			} else {
				folded[key] = true
			}
			files[e.path] = &fstest.MapFile{Data: data}
		}
		got, err := ReadFS(context.Background(), files, "x")
		if err != nil {
			t.Fatal(err)
		}
		for i := range a.Policies {
			if (a.Policies[i].Others == nil) != (got.Policies[i].Others == nil) {
				t.Fatalf("%s: other versions are known: %v, and read: %v", a.Policies[i].ARN, a.Policies[i].Others != nil, got.Policies[i].Others != nil)
			}
		}
		if d := cmp.Diff(a, withoutFiles(got), byMeaning, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("-want +got\n%s", d)
		}
	})
}
