package report

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"iamctl/internal/visible/visibletest"
	"iamctl/inventory"
	"iamctl/result/resulttest"
)

// records returns the rows of a CSV file by column.
func records(t *testing.T, text string) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		r := map[string]string{}
		for i, column := range rows[0] {
			r[column] = visibletest.Unescape(unguard(row[i]))
		}
		out = append(out, r)
	}
	return out
}

func TestItemsThatBecameOne(t *testing.T) {
	c := resulttest.Rewritten(t)
	if len(c.Common) != 1 || len(c.Common[0].OnlyA) != 1 || len(c.Common[0].Masked) != 1 {
		t.Fatalf("not one difference and one masked item: %+v", c.Common)
	}
	files := written(t, c, names(), nil)

	item := records(t, files["dev_to_qa_common_role_difference_items.csv"])[0]
	if item["arn"] != "arn:aws:s3:::team-logs" || item["original_arn"] != "arn:aws:s3:::blue-logs | arn:aws:s3:::red-logs" {
		t.Errorf("difference: %v", item)
	}
	masked := records(t, files["masked_items.csv"])[0]
	if masked["arn"] != "arn:aws:s3:::team-data" || masked["original_arn_a"] != "arn:aws:s3:::red-data" ||
		masked["original_arn_b"] != "arn:aws:s3:::red-data" || masked["value"] != "red" || masked["reason"] == "" {
		t.Errorf("masked: %v", masked)
	}

	var text bytes.Buffer
	if err := Text(&text, resulttest.Result(c, nil), TextOptions{}); err != nil || !strings.Contains(text.String(), "Masked: 1 item") {
		t.Errorf("%v: the text does not tell of the masked item:\n%s", err, text.String())
	}
}

// TestServiceLinkedOnOneSide: such a role is in both files, and counted on
// the side where it is.
func TestServiceLinkedOnOneSide(t *testing.T) {
	c := resulttest.Changes(resulttest.Account("dev", "dev", "1", resulttest.PlainRole("app", "/aws-service-role/x/")), resulttest.Account("qa", "qa", "2", resulttest.PlainRole("app", "/")))
	files := written(t, c, names(), nil)
	for _, name := range []string{"common_roles.csv", "common_service_linked_roles.csv", "common_non_service_linked_roles.csv"} {
		if got := len(records(t, files[name])); got != 1 {
			t.Errorf("%s has %d roles, want 1", name, got)
		}
	}
}

// TestNamesInItems: the other account's values are found in every column, and
// a statement adds only what no other column has.
func TestNamesInItems(t *testing.T) {
	const dev, other = "111111111111", "arn:aws:s3:::logs-111111111111"
	for _, c := range []struct {
		item     inventory.Item
		foreign  string
		expected string
		reason   string
	}{
		{inventory.Item{ARN: "arn:aws:s3:::logs"}, "", "", "nothing of the other account"},
		{inventory.Item{ARN: other}, "dev:" + dev, "arn:aws:s3:::logs-222222222222", "resource"},
		{inventory.Item{Principal: dev, PrincipalType: "AWS"}, "dev:" + dev, "222222222222", "principal"},
		{
			inventory.Item{Condition: `{"StringEquals":{"aws:SourceAccount":["111111111111"]}}`},
			"dev:" + dev,
			`{"StringEquals":{"aws:SourceAccount":["222222222222"]}}`, "condition",
		},
		{
			inventory.Item{ARN: other, Principal: dev, PrincipalType: "AWS"},
			"dev:" + dev + " | dev:" + dev,
			"arn:aws:s3:::logs-222222222222 | 222222222222", "two columns, two expectations",
		},
		{
			inventory.Item{ARN: other, Negated: "NotResource", Statement: `{"NotResource":["arn:aws:s3:::logs-111111111111"]}`},
			"dev:" + dev, "arn:aws:s3:::logs-222222222222", "a statement that repeats the resource",
		},
	} {
		c.item.Effect, c.item.Service, c.item.Action = "Allow", "s3", "GetObject"
		ch := resulttest.Changes(resulttest.Account("dev", "dev", dev), resulttest.Account("qa", "qa", "222222222222", resulttest.PlainRole("app", "/", c.item)))
		row := records(t, written(t, ch, names(), nil)["unique_role_items_in_qa.csv"])[0]
		if row["foreign"] != c.foreign || row["expected"] != c.expected {
			t.Errorf("%s: foreign %q, expected %q; want %q, %q", c.reason, row["foreign"], row["expected"], c.foreign, c.expected)
		}
	}
}
