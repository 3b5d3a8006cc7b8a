package report

import (
	"io"
	"iter"
	"reflect"

	"github.com/gocarina/gocsv"

	"iamctl/internal/bulk"
)

// tableBatch is how many rows gocsv is passed at a time.
const tableBatch = 512

// WriteTable writes rows as CSV with the header of their type, by gocsv. That
// takes a microsecond or two a row, which will do for roles, attributes and gaps;
// item_csv.go is for items.
func WriteTable[T any](w io.Writer, rows iter.Seq[T]) error {
	out := &cellWriter{rows: bulk.NewWriter(w)}
	batch := make([]T, 0, tableBatch)
	if err := gocsv.MarshalCSV(batch, out); err != nil {
		return err
	}
	for r := range rows {
		if batch = append(batch, r); len(batch) < tableBatch {
			continue
		}
		if err := gocsv.MarshalCSVWithoutHeaders(batch, out); err != nil {
			return err
		}
		batch = batch[:0]
	}
	if err := gocsv.MarshalCSVWithoutHeaders(batch, out); err != nil {
		return err
	}
	return out.rows.Close()
}

// cellWriter is what gocsv writes to in place of encoding/csv: it escapes
// every cell by the rules of escape_csv.go.
type cellWriter struct{ rows *bulk.Writer }

func (c *cellWriter) Write(row []string) error {
	writeCells(c.rows, row)
	c.rows.Flush()
	return c.rows.Err()
}

func (c *cellWriter) Flush()       {}
func (c *cellWriter) Error() error { return c.rows.Err() }

// writeCells appends a CSV row.
func writeCells(w *bulk.Writer, columns []string) {
	for i, c := range columns {
		if i > 0 {
			w.Raw(",")
		}
		w.Buf = appendCell(w.Buf, c)
	}
	w.Raw("\n")
}

// cellsOf returns the cells of a row, in the order of header.
func cellsOf(row reflect.Value) []string {
	var cells []string
	for i := range row.NumField() {
		if row.Type().Field(i).Anonymous {
			cells = append(cells, cellsOf(row.Field(i))...)
			continue
		}
		cells = append(cells, row.Field(i).String())
	}
	return cells
}

// header returns the columns of a row type, as gocsv writes them: its csv tags,
// those of embedded structs in their place.
func header[T any]() []string { return columnsOf(reflect.TypeFor[T]()) }

func columnsOf(t reflect.Type) []string {
	var columns []string
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			columns = append(columns, columnsOf(f.Type)...)
			continue
		}
		columns = append(columns, f.Tag.Get("csv"))
	}
	return columns
}
