/* python.exe and pythonw.exe for a Windows Python that is put together on Linux: both hand their words to Python.
 * The official ones do the same; they are not part of any public package. */
#include <windows.h>
#include <stdlib.h>

__declspec(dllimport) int Py_Main(int argc, wchar_t **argv);

#ifdef WINDOWED
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR words, int show)
{
    (void)instance; (void)before; (void)words; (void)show;
    return Py_Main(__argc, __wargv);
}
#else
int wmain(int argc, wchar_t **argv)
{
    return Py_Main(argc, argv);
}
#endif
