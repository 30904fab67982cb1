namespace Noroshi.Fuzz;

/// <summary>
/// One parser under test. A sealed class with a parameterless constructor in <c>Targets/&lt;Name&gt;Target.cs</c> is found by itself.
/// </summary>
internal interface IFuzzTarget
{
    /// <summary>Word on the command line, lower case with hyphens.</summary>
    string Name { get; }

    /// <summary>Small honest inputs that reach much of the parser; those of tests/corpus/fuzz are added.</summary>
    IEnumerable<byte[]> Seeds();

    /// <summary>Tokens of the format that chance would seldom hit.</summary>
    IReadOnlyList<byte[]> Dictionary => [];

    /// <summary>Gives the bytes to the parser. Every exception that leaves this method is a crash: parsers never throw on bytes.</summary>
    void Run(byte[] bytes);
}
