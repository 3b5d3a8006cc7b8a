package lake_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"iamctl/report/lake"
)

// engine is how an engine is told of a table.
type engine struct {
	name string
	// quote is around names, and types are the words for parquet's.
	quote string
	types map[string]string
	// list and row are formats of nested types, and field that of a row's field.
	list, row, field string
	// partitions are columns that follow the others, "" where the table's end has them.
	partitions string
	begin, end string
}

var engines = []engine{
	{
		name: "athena", quote: "`", types: map[string]string{"text": "string", "boolean": "boolean", "int": "int", "bigint": "bigint", "timestamp": "timestamp"},
		list: "array<%s>", row: "struct<%s>", field: "%s:%s",
		begin: "CREATE EXTERNAL TABLE %s (", end: ")\nPARTITIONED BY (`day` date, `account` string)\nSTORED AS PARQUET LOCATION 's3://BUCKET/lake/%s/';",
	},
	{
		name: "trino", quote: `"`, types: map[string]string{"text": "varchar", "boolean": "boolean", "int": "integer", "bigint": "bigint", "timestamp": "timestamp(3)"},
		list: "array(%s)", row: "row(%s)", field: "%s %s", partitions: `, "day" date, "account" varchar`,
		begin: "CREATE TABLE hive.lake.%s (", end: ")\nWITH (format = 'PARQUET', partitioned_by = ARRAY['day', 'account'], external_location = 's3://BUCKET/lake/%s/');",
	},
	{
		name: "spark", quote: "`", types: map[string]string{"text": "STRING", "boolean": "BOOLEAN", "int": "INT", "bigint": "BIGINT", "timestamp": "TIMESTAMP"},
		list: "ARRAY<%s>", row: "STRUCT<%s>", field: "%s: %s", partitions: ", `day` DATE, `account` STRING",
		begin: "CREATE TABLE %s (", end: ")\nUSING PARQUET PARTITIONED BY (`day`, `account`) LOCATION 's3://BUCKET/lake/%s/';",
	},
}

// typeOf returns an engine's word for the type of a column.
func (e *engine) typeOf(n parquet.Node) string {
	if !n.Leaf() {
		if t := n.Type().LogicalType(); t != nil && strings.EqualFold(t.String(), "list") {
			return fmt.Sprintf(e.list, e.typeOf(n.Fields()[0].Fields()[0]))
		}
		var fields []string
		for _, f := range n.Fields() {
			fields = append(fields, fmt.Sprintf(e.field, f.Name(), e.typeOf(f)))
		}
		return fmt.Sprintf(e.row, strings.Join(fields, ", "))
	}
	switch n.Type().Kind() {
	case parquet.Boolean:
		return e.types["boolean"]
	case parquet.Int32:
		return e.types["int"]
	case parquet.Int64:
		if strings.HasPrefix(n.Type().String(), "TIMESTAMP") {
			return e.types["timestamp"]
		}
		return e.types["bigint"]
	}
	return e.types["text"]
}

// ddl returns what an engine is told of a table.
func (e *engine) ddl(table string, s *parquet.Schema) string {
	var columns []string
	for _, f := range s.Fields() {
		columns = append(columns, e.quote+f.Name()+e.quote+" "+e.typeOf(f))
	}
	return fmt.Sprintf(e.begin+"\n  %s"+e.end+"\n", table, wrapped(columns)+e.partitions, table)
}

// wrapped returns a list over lines of about 100 characters.
func wrapped(list []string) string {
	text, line := "", 0
	for i, s := range list {
		switch {
		case i == 0:
		case line+len(s) > 100:
			text, line = text+",\n  ", 0
		default:
			text += ", "
		}
		text, line = text+s, line+len(s)+2
	}
	return text
}

// What docs/lake.md tells the engines is what is in the files, and it names every column.
func TestDocumented(t *testing.T) {
	const doc = "../../docs/lake.md"
	data, err := os.ReadFile(doc)
	if err != nil {
		t.Fatal(err)
	}
	schemas := map[string]*parquet.Schema{
		lake.Documents: parquet.SchemaOf(lake.Document{}), lake.Drifts: parquet.SchemaOf(lake.Drift{}), lake.Findings: parquet.SchemaOf(lake.Finding{}),
		lake.Items: parquet.SchemaOf(lake.Item{}), lake.Roles: parquet.SchemaOf(lake.Role{}),
	}
	text := string(data)
	for _, e := range engines {
		ddl := ""
		for _, table := range lake.Tables() {
			ddl += e.ddl(table, schemas[table])
		}
		want := fmt.Sprintf("<!-- ddl %s -->\n```sql\n%s```\n<!-- end -->", e.name, ddl)
		text = regexp.MustCompile(`(?s)<!-- ddl `+e.name+` -->.*?<!-- end -->`).ReplaceAllLiteralString(text, want)
		if !strings.Contains(text, want) {
			t.Errorf("%s has no place for what %s is told", doc, e.name)
		}
	}
	switch {
	case text == string(data):
	case updating():
		if err := os.WriteFile(doc, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("%s tells the engines of other columns: run this with -update", doc)
	}
	tables, _, _ := strings.Cut(text, "## Telling the engines")
	for table, s := range schemas {
		_, section, ok := strings.Cut(tables, "### `"+table+"`")
		if section, _, _ = strings.Cut(section, "\n###"); !ok {
			t.Errorf("%s has no section on %s", doc, table)
		}
		for _, f := range s.Fields() {
			if name := "`" + f.Name() + "`"; !strings.Contains(section, name) && f.Name() != "account_id" && f.Name() != "account_tag" {
				t.Errorf("%s: the column %s is not told of", table, name)
			}
		}
	}
}
