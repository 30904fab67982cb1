using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Noroshi.Fuzz;

/// <summary>
/// Runs a target and sees more than what it lets out: mistakes of the parser's own code (an index outside, a missing object, a wrong cast)
/// that a net further out catches are mistakes all the same. Errors of the decoders of others are theirs to throw.
/// </summary>
internal static class OwnErrors
{
    private const string Parser = "Noroshi.MailAnatomy";

    [ThreadStatic]
    private static bool _watching;

    [ThreadStatic]
    private static Exception? _seen;

    [ThreadStatic]
    private static string? _sign;

    static OwnErrors() => AppDomain.CurrentDomain.FirstChanceException += Look;

    /// <summary>Runs one input.</summary>
    /// <param name="target">The parser.</param>
    /// <param name="bytes">The input.</param>
    /// <param name="sign">Tells this crash from others.</param>
    /// <returns>What left the target, or what it swallowed although it should not have happened; null when all is well.</returns>
    public static Exception? Of(IFuzzTarget target, byte[] bytes, out string sign)
    {
        _seen = null;
        _sign = null;
        _watching = true;
        try
        {
            target.Run(bytes);
            _watching = false;
            sign = _sign is null ? "" : "swallowed: " + _sign;
            return _seen;
        }
        catch (Exception error)
        {
            _watching = false;
            sign = Sign(error, new StackTrace(error));
            return error;
        }
    }

    private static void Look(object? sender, FirstChanceExceptionEventArgs happened)
    {
        if (!_watching || _seen is not null || !IsMistake(happened.Exception))
        {
            return;
        }

        _watching = false;
        var stack = new StackTrace(1);
        if (stack.GetFrames().Select(AssemblyOf).FirstOrDefault(IsSomeones) == Parser)
        {
            _seen = happened.Exception;
            _sign = Sign(happened.Exception, stack);
        }

        _watching = true;
    }

    /// <summary>
    /// Damaged data, an end too early, an unknown method, a wrong key are no mistakes, nor is a plain ArgumentException: libraries refuse
    /// a text or name with it, and whoever calls them catches it. Running out of memory is decided further out, because decoders ask for
    /// what the data say.
    /// </summary>
    private static bool IsMistake(Exception error) =>
        error
            is IndexOutOfRangeException
                or ArgumentOutOfRangeException
                or ArgumentNullException
                or NullReferenceException
                or InvalidCastException
                or ArithmeticException
                or KeyNotFoundException
                or ArrayTypeMismatchException
                or RankException
                or (InvalidOperationException and not ObjectDisposedException);

    private static string AssemblyOf(StackFrame frame) => frame.GetMethod()?.Module.Assembly.GetName().Name ?? "";

    private static bool IsSomeones(string assembly) => assembly.Length > 0 && !assembly.StartsWith("System", StringComparison.Ordinal);

    private static string Sign(Exception error, StackTrace stack)
    {
        const int most = 4;
        var methods = stack
            .GetFrames()
            .Select(frame => frame.GetMethod())
            .OfType<MethodBase>()
            .Where(method => IsSomeones(method.Module.Assembly.GetName().Name ?? ""))
            .Take(most)
            .Select(method => $"{method.DeclaringType?.Name}.{method.Name}");

        // Memory runs out anywhere; the place says nothing.
        return error is OutOfMemoryException ? error.GetType().Name : $"{error.GetType().Name} at {string.Join(" < ", methods)}";
    }
}
