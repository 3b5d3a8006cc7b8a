package report

import (
	"io"
	"iter"

	"github.com/gocarina/gocsv"
)

// tableBatch is how many rows of a table are held at a time.
const tableBatch = 512

// writeTable writes rows as CSV under the header of their type, by gocsv.
// That costs a microsecond or two a row: good for roles, attributes and
// gaps; items have writers of their own.
func writeTable[T any](w io.Writer, rows iter.Seq[T]) error {
	out := &cellWriter{rows: newRowWriter(w)}
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
	return out.rows.close()
}

// cellWriter is what gocsv writes to in place of encoding/csv: it escapes
// every cell by the rules of escape_csv.go.
type cellWriter struct{ rows *rowWriter }

func (c *cellWriter) Write(row []string) error {
	c.rows.cells(row)
	c.rows.flush()
	return c.rows.err
}

func (c *cellWriter) Flush()       {}
func (c *cellWriter) Error() error { return c.rows.err }
