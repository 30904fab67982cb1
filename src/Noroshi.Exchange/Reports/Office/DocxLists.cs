using DocumentFormat.OpenXml.Wordprocessing;

namespace Noroshi.Exchange.Reports.Office;

/// <summary>Numbered lists; each begins at 1.</summary>
internal sealed class DocxLists
{
    private int _lists;

    /// <summary>Number of a new list, for its paragraphs.</summary>
    public int New() => ++_lists;

    /// <summary>The definitions of all lists.</summary>
    public Numbering Numbering()
    {
        var level = new Level(
            new StartNumberingValue { Val = 1 },
            new NumberingFormat { Val = NumberFormatValues.Decimal },
            new LevelText { Val = "%1." },
            new LevelJustification { Val = LevelJustificationValues.Left },
            new PreviousParagraphProperties(new Indentation { Left = "567", Hanging = "567" }),
            new NumberingSymbolRunProperties(new Bold())
        )
        {
            LevelIndex = 0,
        };
        var numbering = new Numbering(
            new AbstractNum(new MultiLevelType { Val = MultiLevelValues.SingleLevel }, level) { AbstractNumberId = 0 }
        );
        for (var list = 1; list <= _lists; list++)
        {
            numbering.Append(
                new NumberingInstance(
                    new AbstractNumId { Val = 0 },
                    new LevelOverride(new StartOverrideNumberingValue { Val = 1 }) { LevelIndex = 0 }
                )
                {
                    NumberID = list,
                }
            );
        }

        return numbering;
    }
}
