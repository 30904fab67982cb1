using Noroshi.Hub.Storage;

namespace Noroshi.Hub.Intake;

/// <summary>
/// The receipt number (受付番号) that a giver is told. It is drawn from the provision's random id and not from the hub's running number: who
/// gives twice would otherwise read off how much others gave in between.
/// </summary>
public static class ReceiptCode
{
    /// <summary>Crockford's alphabet: no letter that is taken for a digit when it is told by telephone.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Letters = 11;
    private const int Check = 31;

    /// <summary>Twelve letters and digits in groups of four, the last one a check letter: <c>7K3F-9Q2M-04TX</c>.</summary>
    public static string Of(ProvisionId provision)
    {
        Span<byte> id = stackalloc byte[16];
        _ = provision.Value.TryWriteBytes(id, bigEndian: true, out _);
        // A UUID's version and variant are no chance: bytes 0-5 and 9-15 are.
        var bits = 0UL;
        foreach (var at in new[] { 0, 1, 2, 3, 4, 5, 9, 10 })
        {
            bits = (bits << 8) | id[at];
        }

        Span<char> code = stackalloc char[14];
        var sum = 0;
        var to = 0;
        for (var i = 0; i < Letters; i++)
        {
            var value = (int)((bits >> (59 - (5 * i))) & 31);
            sum += (i + 1) * value;
            code[to++] = Alphabet[value];
            if (i is 3 or 7)
            {
                code[to++] = '-';
            }
        }

        code[to] = Alphabet[sum % Check];
        return new string(code);
    }

    /// <summary>The code as <see cref="Of"/> writes it, from what somebody typed or heard; null when it cannot be one.</summary>
    public static string? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > 64)
        {
            return null;
        }

        var values = new List<int>(Letters + 1);
        foreach (var letter in text.ToUpperInvariant().Where(letter => letter is not ('-' or ' ')))
        {
            var value = Alphabet.IndexOf(
                letter switch
                {
                    'O' => '0',
                    'I' or 'L' => '1',
                    _ => letter,
                },
                StringComparison.Ordinal
            );
            if (value < 0)
            {
                return null;
            }

            values.Add(value);
        }

        if (values.Count != Letters + 1 || values.Take(Letters).Select((value, i) => (i + 1) * value).Sum() % Check != values[Letters])
        {
            return null;
        }

        var bare = string.Concat(values.Select(value => Alphabet[value]));
        return $"{bare[..4]}-{bare[4..8]}-{bare[8..]}";
    }
}
