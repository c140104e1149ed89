"""A typed table whose cells can be translated."""

from wagtail.blocks import RichTextBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.rich_text import RichText
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.ingest import organise_template_segments
from wagtail_localize.strings import extract_strings, restore_strings


class TranslatableTableBlock(TypedTableBlock):
    """Offers headings and cells to translators one by one; stock typed tables stay in the source language."""

    def get_translatable_segments(self, table):
        """Every heading and cell, addressed as `heading.<column>` and `<row>.<column>`."""
        if table is None:
            return []
        segments = []
        for index, column in enumerate(table.columns):
            if column["heading"]:
                segments.append(StringSegmentValue(f"heading.{index}", column["heading"]))
        for row_index, row in enumerate(table.rows):
            for index, cell in enumerate(row):
                segments += [segment.wrap(f"{row_index}.{index}") for segment in cell_segments(cell)]
        return segments

    def restore_translated_segments(self, table, segments):
        """Put translated headings and cells back in place."""
        by_cell = {}
        for segment in segments:
            row, rest = segment.unwrap()
            index, rest = rest.unwrap()
            by_cell.setdefault((row, int(index)), []).append(rest)
        for (row, index), found in by_cell.items():
            if row == "heading":
                table.columns[index]["heading"] = found[0].render_text()
                continue
            block = table.columns[index]["block"]
            table.row_data[int(row)]["values"][index] = restored_cell(block, found)
        return table


def cell_segments(cell):
    """What there is to translate in one cell."""
    if not cell.value:
        return []
    if isinstance(cell.block, RichTextBlock):
        template, strings = extract_strings(cell.value.source)
        return [
            TemplateSegmentValue("", "html", template, len(strings)),
            *(StringSegmentValue("", string, attrs=attrs) for string, attrs in strings),
        ]
    return [StringSegmentValue("", cell.value)]


def restored_cell(block, segments):
    """The value of a cell from its translated segments."""
    if isinstance(block, RichTextBlock):
        _kind, template, strings = organise_template_segments(segments)
        return RichText(restore_strings(template, strings))
    return segments[0].render_text()
