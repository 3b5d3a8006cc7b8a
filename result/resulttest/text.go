package resulttest

import (
	"strings"

	"pgregory.net/rapid"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/weigh"
	"iamctl/result"
)

// Hostile are texts as somebody who means ill might write them.
var Hostile = []string{
	"", "app1", "=1+1", "+1", "-1", "@a", "'=1", "''@", " =1", "\t=1", "\r\n=1", "\uff1d1", "a,b", `a"b`, "a;b", "\"", "\\", "\\.",
	"\\u{1B}", "\\\\u{1B}", "\\\x1b", "\\\\\x1b", "\x1b]0;title\x07", "\x9b", "\xff\xfe", "\u009b", "\u202e", "\ufeff=1",
	`{"StringEquals":{"a":["\u0000"]}}`, "</script><script>alert(1)</script>", "a\nb", "\u2028", "\ufffd", "'", "'a", "\\x{FF}\xff",
}

// AnyText is text as AWS, or somebody who means ill, might write it.
func AnyText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom(Hostile), rapid.String(), rapid.StringN(0, 4, 8),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 6), func(b []byte) string { return string(b) }),
	)
}

// AnyItem is an item of any text.
func AnyItem() *rapid.Generator[inventory.Item] {
	return rapid.Custom(func(t *rapid.T) inventory.Item {
		s := func(name string) string { return AnyText().Draw(t, name) }
		return inventory.Item{
			Effect: s("effect"), Service: s("service"), Action: s("action"), ARN: s("arn"), Principal: s("principal"),
			PrincipalType: s("principaltype"), Negated: s("negated"), Condition: s("condition"), Statement: s("statement"), Note: s("note"),
		}
	})
}

// AnyChanges is a role on both sides and one on each, with any text.
func AnyChanges(t *rapid.T) (*diff.Changes, *result.Marks) {
	text := func(name string) string { return AnyText().Draw(t, name) }
	role := func(name string) Role {
		return Role{
			Name: name, Path: text("path"), RawName: text("raw name"), RawPath: text("raw path"),
			Attributes: []normalize.Attribute{{Kind: normalize.KindTag, Key: text("key"), Value: text("value"), RawValue: text("raw value")}},
			Policies: []Policy{
				{Name: text("policy"), RawName: "raw" + text("raw policy"), Kind: inventory.Inline, Items: rapid.SliceOfN(AnyItem(), 0, 3).Draw(t, "items")},
				{Kind: inventory.Trust, Items: []inventory.Item{AnyItem().Draw(t, "trust")}},
			},
		}
	}
	c := Changes(Account("dev", text("source"), "1", role("r"), role("a")), Account("qa", text("source"), "2", role("r"), role("b")))
	c.Common[0].Reason = text("reason")
	c.Common[0].Attributes = []diff.AttributeChange{{
		Kind: normalize.KindDescription, A: diff.AttributeValue{Has: true, Value: text("a")}, B: diff.AttributeValue{Has: true, Value: text("b")},
	}}
	c.Common[0].MaskedTexts = []diff.MaskedText{{
		Kind: normalize.KindTag, Key: text("masked key"), Text: text("masked"), RawKey: [2]string{text("raw key of a"), text("raw key of b")},
		Raw: [2]string{text("raw of a"), text("raw of b")}, Value: text("masking"), Reason: text("because"),
	}}
	c.Gaps = []inventory.Gap{{Account: "qa", Entity: "role", Name: text("gap"), Reason: text("why"), Raw: text("raw")}}
	c.Notes = []string{text("note")}
	c.Weights = []weigh.Weight{{Placeholder: text("placeholder"), Items: 1}}
	if rapid.Bool().Draw(t, "unmarked") {
		return c, nil
	}
	one := 0
	m := &result.Marks{
		Waivers: []result.Waiver{{Role: text("pattern"), Owner: text("owner"), Reason: text("reason"), State: result.WaiverUsed, Roles: 1, Wide: text("wide")}},
		Since:   text("since"), Fixed: []result.Fixed{{Fingerprint: strings.Repeat("0", 32), RoleName: text("role"), Text: text("fixed")}},
	}
	commit := &result.Commit{Hash: text("hash"), Time: text("time"), Author: text("author"), Subject: text("subject")}
	m.Of = func(f string) result.Mark {
		switch f[0] & 3 {
		case 0:
			return result.Mark{Waiver: &one, Age: result.AgeKnown}
		case 1:
			return result.Mark{Age: result.AgeNew, FirstSeen: commit}
		}
		return result.Mark{}
	}
	return c, m
}

// HostileMarkdown are texts that mean something in Markdown.
var HostileMarkdown = []string{
	"`", "``", "a`b``c```d", " ` ", "```\n</details><script>alert(1)</script>", "@octocat", "#1", "GH-1", "octo/repo#1",
	"[click](https://evil.example)", "![x](https://evil.example/x.png)", "https://evil.example", "www.evil.example", "bob@evil.example",
	"| a | b |", `\|`, `a\`, "<img src=x onerror=alert(1)>", "</code><b>", "&lt;b&gt;", "<!-- ", "\n## heading", "- [ ] task", "~~~", "====",
	"0123456789abcdef0123456789abcdef01234567", "*bold* _it_ ~~no~~", ":tada:", "$x$", "\u202e", "\x1b[31m", "  ",
}
