package feed

import (
	"cmp"
	"fmt"

	"navicert/list"
)

// parseEUCSV reads csvFullSanctionsList_1_1: one row for each name, address,
// birth date and so on, told together by Entity_LogicalId.
var parseEUCSV = fromTable(tableForm{comma: ';', need: []string{
	"fileGenerationDate", "Entity_LogicalId", "Entity_SubjectType", "Entity_Regulation_Programme",
	"NameAlias_WholeName", "BirthDate_Year", "Identification_Number", "Citizenship_CountryIso2Code",
}}, func(r *roll, t *csvTable) error {
	if r.Date == 0 {
		d, ok := readDay(t.Get("fileGenerationDate"), dayFirst)
		if !ok {
			return t.fault(fmt.Sprintf("fileGenerationDate is %q", t.Get("fileGenerationDate")), "a day, 24/01/2024")
		}
		r.Date = d
	}
	block := func(prefix string) euRecord {
		return func(field string) string { return t.Get(prefix + field) }
	}
	entity := block("Entity_")
	id, kind := entity("LogicalId"), euKind(entity("SubjectType"))
	if id == "" || kind == list.KindUnknown {
		return t.fault(fmt.Sprintf("Entity_LogicalId is %q and Entity_SubjectType %q", id, entity("SubjectType")), "a number, and P or E")
	}
	b := r.get("eu-"+id, cmp.Or(entity("EU_ReferenceNumber"), id), kind, t.Line)
	euEntity(b, entity, entity("Regulation_Programme"), entity("Regulation_NumberTitle"), entity("Regulation_PublicationUrl"))
	for _, part := range euParts {
		if get := block(part.column); get("LogicalId") != "" {
			part.add(b, get)
			euBasis(b, get("Regulation_Programme"), get("Regulation_NumberTitle"))
		}
	}
	return nil
})
