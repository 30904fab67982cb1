using System.Runtime.CompilerServices;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Hub.Reports.Texts;

/// <summary>A text whose numbers are bound: written as an interpolated string, whose holes take runs and other texts and no bare number.</summary>
[InterpolatedStringHandler]
internal sealed class Prose
{
    private readonly List<Run> _runs;

    /// <summary>Made by the compiler for an interpolated string.</summary>
    public Prose(int literalLength, int formattedCount) => _runs = new List<Run>(formattedCount * 2 + Math.Min(literalLength, 1));

    private Prose() => _runs = [];

    /// <summary>Nothing.</summary>
    public static Prose Nothing => new();

    /// <summary>The runs; words that follow each other are one.</summary>
    public IReadOnlyList<Run> Runs => _runs;

    /// <summary>Whether nothing was written.</summary>
    public bool IsEmpty => _runs.Count == 0;

    /// <summary>Words.</summary>
    public void AppendLiteral(string value) => AppendFormatted(value);

    /// <summary>Words that are no number.</summary>
    public void AppendFormatted(string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        if (_runs is [.., TextRun { Strong: false } last])
        {
            _runs[^1] = new TextRun(last.Text + value);
        }
        else
        {
            _runs.Add(new TextRun(value));
        }
    }

    /// <summary>A run.</summary>
    public void AppendFormatted(Run run)
    {
        if (run is TextRun { Strong: false })
        {
            AppendFormatted(run.Text);
        }
        else
        {
            _runs.Add(run);
        }
    }

    /// <summary>Another text.</summary>
    public void AppendFormatted(Prose text)
    {
        foreach (var run in text.Runs)
        {
            AppendFormatted(run);
        }
    }

    /// <summary>Texts one after the other, with something between them, and something else before the last.</summary>
    public static Prose Joined(IReadOnlyList<Prose> texts, string between, string? last = null)
    {
        var made = Nothing;
        for (var i = 0; i < texts.Count; i++)
        {
            made.AppendFormatted(
                i == 0 ? ""
                : i == texts.Count - 1 ? last ?? between
                : between
            );
            made.AppendFormatted(texts[i]);
        }

        return made;
    }
}
