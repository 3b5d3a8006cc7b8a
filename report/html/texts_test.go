package html

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/result"
)

// TestPageShowsEveryText makes every text of a result one of its own, and looks
// for each in the page: what is added to the result is not to be forgotten here.
func TestPageShowsEveryText(t *testing.T) {
	elsewhere := []struct{ field, reason string }{
		{"Role.Path", "the original path is in the ARN, and a path that differs is an attribute"},
		{"Role.OriginalPath", "it is in the ARN"},
		{"Role.RoleName", "the pair's name is shown; those of the sides differ in the letter case alone or in a suffix"},
		{"Fixed.Side", "shown as the tag of the account"},
		{"in sync: Role.OriginalRoleName", "of roles in sync the page has the name alone"},
		{"in sync: Role.ARN", "likewise"},
		{"in sync: Role.RoleID", "likewise"},
		{"unique: Item.Fingerprint", "the drift is that the role is there, and it has a fingerprint"},
	}
	run := sampleResult()
	var texts []filled
	fill(reflect.ValueOf(run).Elem(), "", "Run", &texts)
	if len(texts) < 300 {
		t.Fatalf("only %d texts were filled", len(texts))
	}
	text := textOf(parse(t, pageOf(t, run)).one("body"))
	missing := map[string]bool{}
	for _, f := range texts {
		if !strings.Contains(text, f.text) {
			missing[f.field] = true
		}
	}
	want := map[string]bool{}
	for _, e := range elsewhere {
		want[e.field] = true
	}
	for _, where := range []string{"in sync: ", "unique: "} {
		for _, field := range []string{"Role.Path", "Role.OriginalPath", "Role.RoleName"} {
			delete(missing, where+field)
		}
	}
	if d := cmp.Diff(want, missing); d != "" {
		t.Errorf("texts that the page does not show (-want +got):\n%s", d)
	}
}

type filled struct{ field, text string }

// fill sets every text in v that is not empty to a value of its own.
func fill(v reflect.Value, where, field string, texts *[]filled) {
	switch v.Kind() {
	case reflect.String:
		if v.String() != "" {
			text := fmt.Sprintf("text%dx", len(*texts))
			v.SetString(text)
			*texts = append(*texts, filled{where + field, text})
		}
	case reflect.Struct:
		switch x := v.Addr().Interface().(type) {
		case *result.Items:
			list := x.First(x.Len())
			fill(reflect.ValueOf(list), where, field, texts)
			*x = result.NewItems(list)
			return
		case *result.MaskedItems:
			list := slices.Collect(x.All())
			fill(reflect.ValueOf(list), where, field, texts)
			*x = result.NewMaskedItems(list)
			return
		case *result.Pair:
			if !x.Differs && len(x.Blind) == 0 {
				where = "in sync: "
			}
		case *result.Unique:
			where = "unique: "
		}
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				continue
			}
			fill(v.Field(i), where, v.Type().Name()+"."+v.Type().Field(i).Name, texts)
		}
	case reflect.Slice:
		// What several share is filled once for each.
		if v.CanSet() && !v.IsNil() {
			own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			reflect.Copy(own, v)
			v.Set(own)
		}
		for i := range v.Len() {
			fill(v.Index(i), where, field, texts)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			own := reflect.New(v.Type().Elem())
			own.Elem().Set(v.Elem())
			v.Set(own)
			fill(own.Elem(), where, field, texts)
		}
	}
}
