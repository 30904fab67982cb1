namespace Noroshi.Fuzz;

/// <summary>
/// <c>noroshi fuzz self-check</c> must find a crash, a hang and a death, all made small: shows that the harness still sees what it is for.
/// Not among the targets of an ordinary run.
/// </summary>
internal sealed class SelfCheckTarget : IFuzzTarget
{
    public const string Word = "self-check";

    public string Name => Word;

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [.. "crash"u8],
        [.. "hang"u8],
        [.. "stack"u8],
    ];

    public IEnumerable<byte[]> Seeds() => [new byte[200]];

    public void Run(byte[] bytes)
    {
        // The parser is called too, so that there are edges.
        MailAnatomy.Text.HtmlText.Convert(Targets.FuzzText.Of(bytes));
        if (bytes.AsSpan().IndexOf("crash"u8) >= 0)
        {
            throw new InvalidOperationException("found");
        }

        while (bytes.AsSpan().IndexOf("hang"u8) >= 0)
        {
            Thread.SpinWait(100);
        }

        if (bytes.AsSpan().IndexOf("stack"u8) >= 0)
        {
            Console.WriteLine(Deeper(bytes.Length));
        }
    }

    private static int Deeper(int depth) => depth < 0 ? 0 : Deeper(depth + 1) + Deeper(depth + 2);
}
