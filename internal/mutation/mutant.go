package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
)

// mutant is a text in place of another in one file.
type mutant struct {
	file             string
	line, start, end int
	text             string
	// change says in words what the mutant does.
	change string
}

func (m *mutant) place() string {
	dir, name := filepath.Split(m.file)
	return fmt.Sprintf("%s/%s:%d", filepath.Base(dir), name, m.line)
}

// find returns the mutants of a file, in the order of the code.
func find(file string, src []byte) ([]mutant, error) {
	f := &finder{file: file, src: src, fset: token.NewFileSet()}
	root, err := parser.ParseFile(f.fset, file, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	f.walk(root, nil)
	return f.out, nil
}

type finder struct {
	file string
	src  []byte
	fset *token.FileSet
	out  []mutant
}

// walk finds the mutants below a node, whose function is of the type.
func (f *finder) walk(root ast.Node, function *ast.FuncType) {
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Body != nil {
				f.walk(n.Body, n.Type)
			}
			return false
		case *ast.FuncLit:
			f.walk(n.Body, n.Type)
			return false
		case *ast.IfStmt:
			f.negate(n.Cond)
		case *ast.ForStmt:
			if n.Cond != nil {
				f.negate(n.Cond)
			}
		case *ast.SwitchStmt:
			for _, c := range n.Body.List {
				if n.Tag == nil && c.(*ast.CaseClause).List != nil {
					f.negate(c.(*ast.CaseClause).List[0])
				}
			}
		case *ast.BinaryExpr:
			f.binary(n)
		case *ast.ReturnStmt:
			f.returned(n, function)
		}
		return true
	})
}

func (f *finder) negate(e ast.Expr) {
	f.replace(e, "!("+f.source(e)+")", "negate "+f.source(e))
}

// replace adds the mutant that has the text in place of the expression.
func (f *finder) replace(e ast.Expr, text, change string) {
	start, end := f.fset.Position(e.Pos()), f.fset.Position(e.End())
	f.out = append(f.out, mutant{
		file: f.file, line: start.Line, start: start.Offset, end: end.Offset,
		text: text, change: strings.Join(strings.Fields(change), " "),
	})
}

func (f *finder) source(e ast.Expr) string {
	return string(f.src[f.fset.Position(e.Pos()).Offset:f.fset.Position(e.End()).Offset])
}
