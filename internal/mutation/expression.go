package main

import (
	"go/ast"
	"go/token"
)

// otherBound holds the comparisons that differ at their bound alone.
var otherBound = map[token.Token]token.Token{
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
}

// neutral holds what drops an operand: before it, it keeps it from running,
// and leaves it to the compiler, which refuses variables without a use.
var neutral = map[token.Token]string{token.LAND: "true || ", token.LOR: "false && "}

func (f *finder) binary(b *ast.BinaryExpr) {
	if op, ok := otherBound[b.Op]; ok {
		f.replace(b, f.source(b.X)+" "+op.String()+" "+f.source(b.Y), f.source(b)+" with "+op.String())
	}
	without, ok := neutral[b.Op]
	if !ok {
		return
	}
	for _, e := range []ast.Expr{b.X, b.Y} {
		if inner, ok := e.(*ast.BinaryExpr); ok && inner.Op == b.Op {
			continue // of a && b && c, a and b are dropped from a && b
		}
		f.replace(e, "("+without+"("+f.source(e)+"))", "drop "+f.source(e)+" from "+f.source(b))
	}
}

// returned finds the mutants of a return statement.
func (f *finder) returned(r *ast.ReturnStmt, function *ast.FuncType) {
	for i, e := range r.Results {
		// Where types are fewer than results, several results share a type.
		if types := function.Results.List; len(types) == len(r.Results) && len(types[i].Names) < 2 {
			if other := otherResult(e, types[i].Type, f.source(e)); other != "" {
				f.replace(e, other, "return "+other+" for "+f.source(e))
			}
		}
	}
}

// otherResult returns another value of the type, "" if it knows none.
func otherResult(e, typ ast.Expr, text string) string {
	constant, _ := e.(*ast.BasicLit)
	name, _ := typ.(*ast.Ident)
	switch {
	case name == nil:
		return ""
	case name.Name == "bool":
		return "!(" + text + ")"
	case name.Name == "error" && text != "nil":
		return "nil"
	case constant != nil && constant.Kind == token.INT:
		return text + " + 1"
	case constant != nil && constant.Kind == token.STRING:
		return text + ` + "?"`
	}
	return ""
}
