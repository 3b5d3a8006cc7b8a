package normalize_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
)

// unnamed have tags that are in no dictionary here, so that its values have
// no owner.
var (
	unnamedA = equivalency.Identity{Tag: "one", Source: "one", ID: dev.ID}
	unnamedB = equivalency.Identity{Tag: "two", Source: "two", ID: qa.ID}
)

func TestMaskingText(t *testing.T) {
	const iamctl = `{"accountname": ["dev", "qa"]}`
	for _, tt := range []struct {
		reason     string
		dictionary string
		a, b       equivalency.Identity
		rawA, rawB string
		value      string // "" where nothing is masked
		because    string
	}{
		{"each side's own value", iamctl, dev, qa, "x-dev", "x-qa", "", ""},
		{"without owners, but each side has another value", iamctl, unnamedA, unnamedB, "x-dev", "x-qa", "", ""},
		{"without owners, and both sides have the same", iamctl, unnamedA, unnamedB, "x-dev", "x-dev", "dev", "does not say whose it is"},
		{"one value on both sides among others", iamctl, unnamedA, unnamedB, "dev-qa", "dev-dev", "dev", "does not say whose it is"},
		{"the placeholder stands on the other side", iamctl, dev, qa, "x-dev", "x-accountname", "accountname", "stands on one side as it is"},
		{"and the other way round", iamctl, dev, qa, "x-accountname", "x-qa", "accountname", "stands on one side as it is"},
		{"the placeholder of ids, without a dictionary", `{}`, dev, qa, "123456789012", "000000000000", "000000000000", "stands on one side as it is"},
		{"the placeholder on both sides, and nothing rewritten", iamctl, dev, qa, "x-accountname", "x-accountname", "", ""},
		{"a value that begins with its placeholder is not the placeholder", `{"app": ["app1", "app2"]}`, unnamedA, unnamedB, "app1-x", "app2-x", "", ""},
		{"the placeholder inside a longer word is not the placeholder", `{"app": ["one", "two"]}`, unnamedA, unnamedB, "one-apple", "two-apple", "", ""},
		{"a third account's value", `{"accountname": ["dev", "qa", "prod"]}`, dev, qa, "prod-x", "qa-x", "prod", "third account's"},
		{"a third account's value, on the other side", `{"accountname": ["dev", "qa", "prod"]}`, dev, qa, "dev-x", "prod-x", "prod", "third account's"},
		{"a third account's value on both sides", `{"accountname": ["dev", "qa", "prod"]}`, dev, qa, "prod-x", "prod-x", "prod", "does not say whose it is"},
		{"nothing rewritten at all", iamctl, dev, qa, "x", "x", "", ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			ra := normalize.NewRewriter(rulesOf(t, tt.dictionary, tt.a, tt.b))
			rb := normalize.NewRewriter(rulesOf(t, tt.dictionary, tt.b, tt.a))
			afterA, _ := ra.Rewrite(normalize.FieldARN, tt.rawA)
			afterB, _ := rb.Rewrite(normalize.FieldARN, tt.rawB)
			if afterA != afterB {
				t.Fatalf("%q and %q are not equal", afterA, afterB)
			}
			value, reason, ok := normalize.MaskingText(normalize.FieldARN, ra, tt.rawA, rb, tt.rawB)
			if ok != (tt.value != "") || value != tt.value || !strings.Contains(reason, tt.because) {
				t.Errorf("got %q because %q, %v", value, reason, ok)
			}
			_, _, back := normalize.MaskingText(normalize.FieldARN, rb, tt.rawB, ra, tt.rawA)
			if back != ok {
				t.Error("the sides swapped give another answer")
			}
		})
	}
}

func TestMaskingRows(t *testing.T) {
	item := func(arn, principal, condition, statement string) *inventory.Items {
		return itemsOf([]inventory.Item{{
			Effect: "Allow", Service: "s3", Action: "Get", ARN: arn, Principal: principal, Condition: condition, Statement: statement,
		}})
	}
	for _, tt := range []struct {
		reason string
		a, b   *inventory.Items
		value  string
	}{
		{"nothing", item("x", "y", "", ""), item("x", "y", "", ""), ""},
		{"each its own", item("dev", "", "", ""), item("qa", "", "", ""), ""},
		{"in the resource", item("dev", "", "", ""), item("dev", "", "", ""), "dev"},
		{"in the principal", item("", "qa", "", ""), item("", "qa", "", ""), "qa"},
		{"in the condition", item("", "", `{"S":{"k":["dev"]}}`, ""), item("", "", `{"S":{"k":["dev"]}}`, ""), "dev"},
		{"in the statement", item("", "", "", `{"NotResource":["dev"]}`), item("", "", "", `{"NotResource":["dev"]}`), "dev"},
		{
			"in the condition, beside something in the statement", item("", "", `{"S":{"k":["dev"]}}`, `{"NotResource":["dev"]}`),
			item("", "", `{"S":{"k":["dev"]}}`, `{"NotResource":["qa"]}`), "dev",
		},
		{"one value in two columns is two values", item("dev", "qa", "", ""), item("qa", "dev", "", ""), ""},
		{"a placeholder", item("accountname", "", "", ""), item("qa", "", "", ""), "accountname"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			const dictionary = `{"accountname": ["dev", "qa"]}`
			a := tableOf(t, tt.a, rulesOf(t, dictionary, unnamedA, unnamedB), unnamedA)
			b := tableOf(t, tt.b, rulesOf(t, dictionary, unnamedB, unnamedA), unnamedB)
			value, _, ok := normalize.Masking(a, 0, b, 0)
			if value != tt.value || ok != (tt.value != "") {
				t.Errorf("got %q, %v", value, ok)
			}
			if ok && !normalize.MayMask(a, b) {
				t.Error("MayMask denies it")
			}
		})
	}
}

func TestMaskingLooksAtEveryOrigin(t *testing.T) {
	row := func(arn string) inventory.Item {
		return inventory.Item{Effect: "Allow", Service: "s3", Action: "Get", ARN: arn}
	}
	rules := rulesOf(t, `{"accountname": ["dev", "qa"]}`, unnamedA, unnamedB)
	a := tableOf(t, itemsOf([]inventory.Item{row("dev"), row("qa")}), rules, unnamedA)
	b := tableOf(t, itemsOf([]inventory.Item{row("qa")}), rules, unnamedB)
	if a.Items.Len() != 1 {
		t.Fatalf("%d rows", a.Items.Len())
	}
	if value, _, ok := normalize.Masking(a, 0, b, 0); !ok || value != "qa" {
		t.Errorf("got %q, %v: one side names dev and qa, the other only qa", value, ok)
	}
}

// MayMask never denies what Masking finds, and both are the same with the
// sides swapped.
func TestMayMaskLaw(t *testing.T) {
	const dictionary = `{"P": ["dev", "qa", "prod"]}`
	pairs := [][2]equivalency.Identity{{dev, qa}, {unnamedA, unnamedB}}
	rapid.Check(t, func(rt *rapid.T) {
		ids := rapid.SampledFrom(pairs).Draw(rt, "accounts")
		a := tableOf(t, itemsOf(rapid.SliceOfN(drawItem, 0, 6).Draw(rt, "a")), rulesOf(t, dictionary, ids[0], ids[1]), ids[0])
		b := tableOf(t, itemsOf(rapid.SliceOfN(drawItem, 0, 6).Draw(rt, "b")), rulesOf(t, dictionary, ids[1], ids[0]), ids[1])
		may := normalize.MayMask(a, b)
		if may != normalize.MayMask(b, a) {
			rt.Fatal("MayMask depends on the order")
		}
		for i, x := range spell(a.Items) {
			for j, y := range spell(b.Items) {
				if x != y {
					continue
				}
				_, _, ok := normalize.Masking(a, uint32(i), b, uint32(j))
				_, _, back := normalize.Masking(b, uint32(j), a, uint32(i))
				if ok && !may || ok != back {
					rt.Fatalf("%+v: Masking %v, swapped %v, MayMask %v", x, ok, back, may)
				}
			}
		}
	})
}
