using System.Reflection;

namespace Noroshi.Evaluate;

/// <summary>One evaluation: prints a section in Markdown, the tuned half apart from the half that nobody looked at.</summary>
internal interface IEvaluation
{
    /// <summary>Word on the command line.</summary>
    string Word { get; }

    /// <summary>Heading.</summary>
    string Title { get; }

    /// <summary>Runs and prints.</summary>
    /// <param name="mails">Folder of the public mails.</param>
    /// <param name="output">Where the section goes.</param>
    void Run(string mails, TextWriter output);
}

/// <summary>Every evaluation of this project (decision 3: found by type, so that a new one needs no list).</summary>
internal static class Evaluations
{
    public static IReadOnlyList<IEvaluation> All { get; } =
    [
        .. Assembly
            .GetExecutingAssembly()
            .GetTypes()
            .Where(type => type is { IsAbstract: false } && typeof(IEvaluation).IsAssignableFrom(type))
            .Select(type => (IEvaluation?)Activator.CreateInstance(type))
            .OfType<IEvaluation>()
            .OrderBy(one => one.Word, StringComparer.Ordinal),
    ];
}
